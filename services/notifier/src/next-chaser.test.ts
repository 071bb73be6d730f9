import { expect, test } from "vitest";
import { nextChaser } from "./next-chaser.ts";

const reminders = { workingDaysBefore: 2, workingDaysPerLevel: 5 };
const at = (text: string) => Temporal.Instant.from(text);
// Due on a Tuesday; the Thursday before is two working days ahead, the Tuesday after that week five on from Wednesday.
const dueOn = "2026-12-08";

test.each([
  [
    "before its reminder a request waits for it",
    "asked",
    "2026-12-04T07:59:00Z",
    null,
    "asked",
    "2026-12-04T08:00:00Z",
  ],
  [
    "two working days before, whoever was asked is reminded",
    "asked",
    "2026-12-04T08:00:00Z",
    "reminder",
    "reminded",
    "2026-12-09T08:00:00Z",
  ],
  ["a day early nothing is said twice", "reminded", "2026-12-08T23:00:00Z", null, "reminded", "2026-12-09T08:00:00Z"],
  [
    "on the working day after, it is overdue",
    "reminded",
    "2026-12-09T08:00:00Z",
    "overdue",
    "overdue",
    "2026-12-16T08:00:00Z",
  ],
  [
    "after a week without a clock it is overdue, without a reminder",
    "asked",
    "2026-12-11T12:00:00Z",
    "overdue",
    "overdue",
    "2026-12-16T08:00:00Z",
  ],
  [
    "five working days on, the level above is told",
    "overdue",
    "2026-12-16T08:00:00Z",
    "raised-a-level",
    "raised-a-level",
    null,
  ],
  ["and nobody more", "raised-a-level", "2027-01-16T08:00:00Z", null, "raised-a-level", null],
] as const)("%s", (_, stage, now, tell, next, nextAt) => {
  expect(nextChaser({ stage, dueOn }, reminders, at(now))).toEqual({
    tell,
    stage: next,
    nextAt: nextAt === null ? null : at(nextAt),
  });
});

test("eight in the morning is London's, summer and winter", () => {
  expect(nextChaser({ stage: "asked", dueOn: "2026-07-08" }, reminders, at("2026-07-01T00:00:00Z")).nextAt).toEqual(
    at("2026-07-06T07:00:00Z"),
  );
});

test("without reminders in the protocol nobody is chased", () => {
  expect(nextChaser({ stage: "asked", dueOn }, null, at("2027-01-01T00:00:00Z"))).toEqual({
    tell: null,
    stage: "asked",
    nextAt: null,
  });
});
