import type { Deputy } from "@signalbox/db";
import { expect, test } from "vitest";
import { absenceLines, isDay } from "./deputy-words.ts";

const deputy = (given: Partial<Deputy>): Deputy => ({
  id: 1,
  person: "farah@example.org",
  personName: "Farah Quinn",
  deputy: "ben@example.org",
  deputyName: "Ben Shah",
  fromDay: "2026-12-20",
  toDay: "2027-01-03",
  reason: "",
  by: "farah@example.org",
  deputyIsAway: false,
  endedAt: null,
  ...given,
});

test.each<[string, Partial<Deputy>, string, string[]]>([
  [
    "before the first day, to who goes away",
    {},
    "2026-12-19",
    ["Ben Shah will stand in for you from 20 December 2026 to 3 January 2027."],
  ],
  [
    "on the first day",
    {},
    "2026-12-20",
    ["You are away until 3 January 2027. Ben Shah gets your messages, and may act for you."],
  ],
  [
    "on the last day",
    {},
    "2027-01-03",
    ["You are away until 3 January 2027. Ben Shah gets your messages, and may act for you."],
  ],
  ["the day after", {}, "2027-01-04", ["Ben Shah no longer stands in for you. You are told yourself again."]],
  [
    "when it is ended early",
    { endedAt: Temporal.Instant.from("2026-12-24T09:00:00Z") },
    "2026-12-24",
    ["Ben Shah no longer stands in for you. You are told yourself again."],
  ],
  [
    "when it is ended before it began: nothing",
    { endedAt: Temporal.Instant.from("2026-12-18T09:00:00Z") },
    "2026-12-18",
    [],
  ],
])("says %s", (_, given, today, lines) => {
  expect(absenceLines([deputy(given)], "farah@example.org", today)).toEqual(lines);
});

test("says it to the deputy too", () => {
  expect(absenceLines([deputy({})], "ben@example.org", "2026-12-25")).toEqual([
    "You stand in for Farah Quinn until 3 January 2027. You get their messages, and may act for them.",
  ]);
});

test.each([
  ["2026-12-24", true],
  ["2026-02-30", false],
  ["24/12/2026", false],
  ["1999-12-24", false],
  ["", false],
])("%s is a day: %s", (text, is) => {
  expect(isDay(text)).toBe(is);
});
