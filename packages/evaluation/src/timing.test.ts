import { rulesFor } from "@signalbox/domain";
import { expect, test } from "vitest";
import { heldBack } from "./timing.ts";

const rules = rulesFor(
  { preview: { workingDays: 2 }, reminders: { workingDaysBefore: 2, workingDaysPerLevel: 5 } },
  "monthly",
);
const read = (at: string, isUnsigned = false) => ({ readAt: Temporal.Instant.from(at), isUnsigned });
const days = (submissions: Parameters<typeof heldBack>[0]) => {
  const held = heldBack(submissions, rules);
  return held === null ? null : [held.until.toString(), held.previewEnds?.toString() ?? null];
};

test("nothing is held back of what no unreleased submission decided", () => {
  expect(days([])).toBeNull();
});

test("a preview holds back until the last of several ends", () => {
  expect(days([read("2024-01-16T10:00:00Z"), read("2024-01-15T10:00:00Z")])).toEqual(["2024-01-18T10:00:00Z", null]);
});

test("an unsigned submission holds back five working days more, a signed one no longer", () => {
  expect(days([read("2024-01-15T10:00:00Z", true)])).toEqual(["2024-01-24T10:00:00Z", "2024-01-17T10:00:00Z"]);
  expect(days([read("2024-01-15T10:00:00Z", true), read("2024-01-16T10:00:00Z")])).toEqual([
    "2024-01-24T10:00:00Z",
    "2024-01-18T10:00:00Z",
  ]);
});
