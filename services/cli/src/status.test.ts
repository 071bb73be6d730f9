import type { Depths } from "@signalbox/queues";
import { expect, test } from "vitest";
import { mustAct, type Status, statusLines } from "./status.ts";

const now = Temporal.Instant.from("2026-11-21T12:00:00Z");
const none = { waiting: 0, active: 0, delayed: 0, completed: 0, failed: 0 };
const depths: Depths = {
  "pull-source": none,
  "read-submission": none,
  "assess-series": none,
  "assess-organisations": none,
  tell: none,
  clock: none,
};
const quiet: Status = {
  now,
  waiting: [],
  failed: { items: [], total: 0 },
  overdue: [],
  depths,
  whyFailed: new Map(),
  away: "",
  missing: [],
};
const mail = { work: "mail", id: "7", what: "1 new for the SLT", why: "550 no such user", since: now } as const;
const waiting = (minutes: number) => [{ work: "submission", count: 2, oldest: now.subtract({ minutes }) }] as const;

test.each<[string, Partial<Status>, boolean]>([
  ["nothing happens", {}, false],
  ["work waits and its services run", { waiting: waiting(10) }, false],
  ["work has just come and nothing runs", { waiting: waiting(1), missing: ["ingestion"] }, false],
  ["work waits for long and nothing runs", { waiting: waiting(10), missing: ["ingestion"] }, true],
  ["mail is held, as in shadow running", { failed: { items: [{ ...mail, state: "held" }], total: 1 } }, false],
  ["mail is refused", { failed: { items: [{ ...mail, state: "failed" }], total: 1 } }, true],
  [
    "a file could not be fetched",
    { failed: { items: [{ ...mail, work: "source", what: "source ae, 2026-10", state: "failed" }], total: 1 } },
    true,
  ],
  ["a tick of the clock failed", { depths: { ...depths, clock: { ...none, failed: 1 } } }, false],
  ["a bell to assess failed for good", { depths: { ...depths, "assess-series": { ...none, failed: 1 } } }, true],
  ["the queue is away", { depths: null, away: "it is away" }, true],
])("whether a person must act when %s", (_when, change, expected) => {
  expect(mustAct({ ...quiet, ...change })).toBe(expected);
});

test("says what waits and for how long, what failed and why, queue by queue", () => {
  const lines = statusLines({
    ...quiet,
    waiting: waiting(10),
    failed: { items: [{ ...mail, state: "failed" }], total: 3 },
  });
  expect(lines.slice(0, 3)).toEqual([
    "pull-source           nothing waits",
    "read-submission       2 files to read (oldest 10 min)",
    "assess-series         nothing waits",
  ]);
  expect(lines).toContain("  mail 7 failed since 2026-11-21 12:00: 1 new for the SLT");
  expect(lines).toContain("    550 no such user");
  expect(lines).toContain("  of 3 in all");
  expect(lines.at(-1)).toBe("A person must act: work has failed: retry or dismiss it at /operations.");
});
