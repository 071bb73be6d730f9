import { describe, expect, test } from "vitest";
import { submissionDay } from "./calendar.ts";
import { chaseReturn, chaserLeavesAt, lastDueSoon, nextDueSoon } from "./chase-return.ts";
import { formatPeriod, parsePeriod, type Period } from "./period.ts";

const reminders = { workingDaysBefore: 2, workingDaysPerLevel: 5 };
const london = (text: string) => Temporal.ZonedDateTime.from(`${text}[Europe/London]`).toInstant();
const shown = (moment: Temporal.Instant | null) =>
  moment?.toZonedDateTimeISO("Europe/London").toString({ timeZoneName: "never", offset: "never" }).slice(0, 16) ?? null;
const month = (text: string) => parsePeriod(text, "monthly") as Period;

/** What is said of the return of a month, and when it is looked at next. */
function chased(of: string, told: number | null, now: string, rules: typeof reminders | undefined = reminders) {
  const dueOn = submissionDay(month(of), "monthly", 10);
  const { level, nextAt } = chaseReturn({ dueOn, told }, rules, london(now));
  return [level, shown(nextAt)];
}

const unrushed: readonly (readonly [string, string, number | null, string, (number | string | null)[]])[] = [
  ["two working days before its day", "2024-01", null, "2024-02-12T08:00", [0, "2024-02-15T08:00"]],
  ["not a minute sooner", "2024-01", null, "2024-02-12T07:59", [null, "2024-02-12T08:00"]],
  ["on the day after", "2024-01", 0, "2024-02-15T08:00", [1, "2024-02-22T08:00"]],
  ["not on the day itself", "2024-01", 0, "2024-02-14T23:59", [null, "2024-02-15T08:00"]],
  ["up to the owner", "2024-01", 1, "2024-02-22T08:00", [2, "2024-02-29T08:00"]],
  ["up to the executive", "2024-01", 2, "2024-02-29T08:00", [3, "2024-03-07T08:00"]],
  // Submission day Monday 15 April: Easter Monday is no working day. Summer time began on 31 March.
  ["over Easter, by London's clock", "2024-03", null, "2024-04-11T08:00", [0, "2024-04-16T08:00"]],
  // The day after Friday 13 December's is a Monday; a level up spans Christmas, Boxing Day and New Year's Day.
  ["over a weekend", "2024-11", 0, "2024-12-16T08:00", [1, "2024-12-23T08:00"]],
  ["over Christmas", "2024-11", 1, "2024-12-23T08:00", [2, "2025-01-02T08:00"]],
  // Clocks go back on Sunday 27 October 2024.
  ["over the change of the clocks", "2024-09", 1, "2024-10-22T08:00", [2, "2024-10-29T08:00"]],
];
test.each(unrushed)("chases %s", (_, of, told, now, expected) => {
  expect(chased(of, told, now)).toEqual(expected);
});

describe("says only the last thing due", () => {
  test("to a submitter whose day passed while the clock stood", () => {
    expect(chased("2024-01", null, "2024-02-21T11:30")).toEqual([1, "2024-02-28T08:00"]);
    expect(chased("2024-01", 0, "2024-02-21T11:30")).toEqual([1, "2024-02-28T08:00"]);
  });

  test("and nothing in the night after the day, when it is near no more", () => {
    expect(chased("2024-01", null, "2024-02-14T23:59")).toEqual([0, "2024-02-15T08:00"]);
    expect(chased("2024-01", null, "2024-02-15T00:00")).toEqual([null, "2024-02-15T08:00"]);
    expect(chased("2024-03", null, "2024-04-16T00:05")).toEqual([null, "2024-04-16T08:00"]);
    // The day was a Friday: nothing over the weekend either.
    expect(chased("2024-11", null, "2024-12-14T09:00")).toEqual([null, "2024-12-16T08:00"]);
  });

  test("and counts levels from when the one below was told", () => {
    expect(chased("2024-01", 1, "2024-03-21T11:30")).toEqual([2, "2024-03-28T08:00"]);
  });
});

test("without reminders in the protocol only the day after is chased", () => {
  const dueOn = submissionDay(month("2024-01"), "monthly", 10);
  const at = (told: number | null, now: string) => chaseReturn({ dueOn, told }, undefined, london(now));
  expect(shown(at(null, "2024-02-13T08:00").nextAt)).toBe("2024-02-15T08:00");
  expect(at(null, "2024-02-13T08:00").level).toBeNull();
  expect(at(null, "2024-02-15T08:00")).toEqual({ level: 1, nextAt: null });
  expect(at(1, "2024-02-29T08:00")).toEqual({ level: null, nextAt: null });
});

test("levels a day apart at least, or all would be told at once", () => {
  expect(chased("2024-01", 1, "2024-02-15T08:00", { workingDaysBefore: 0, workingDaysPerLevel: 0 })).toEqual([
    2,
    "2024-02-16T08:00",
  ]);
  expect(chased("2024-01", null, "2024-02-14T08:00", { workingDaysBefore: 0, workingDaysPerLevel: 0 })[0]).toBe(0);
});

describe("leaves", () => {
  test.each([
    ["at once in working hours", "2024-02-15T11:30", "2024-02-15T11:30"],
    ["before work, not in the night", "2024-02-15T03:00", "2024-02-15T08:00"],
    ["on the next working day from a weekend", "2024-02-17T11:30", "2024-02-19T08:00"],
    ["after Christmas", "2024-12-25T09:00", "2024-12-27T08:00"],
  ])("%s", (_, now, expected) => {
    expect(shown(chaserLeavesAt(london(now)))).toBe(expected);
  });
});

describe("the moment at which a day is near", () => {
  const soon = (now: string, dueWorkingDay: number, frequency: "monthly" | "quarterly" = "monthly") => {
    const owed = { frequency, dueWorkingDay };
    return [
      formatPeriod(lastDueSoon(london(now), owed, reminders), frequency),
      shown(nextDueSoon(london(now), owed, reminders)),
    ];
  };
  test.each([
    ["2024-02-12T07:59", 10, ["2023-12", "2024-02-12T08:00"]],
    ["2024-02-12T08:00", 10, ["2024-01", "2024-03-12T08:00"]],
    // The first working day after January is 1 February: its moment lies within January.
    ["2024-01-30T08:00", 1, ["2024-01", "2024-02-28T08:00"]],
    ["2024-01-30T07:59", 1, ["2023-12", "2024-01-30T08:00"]],
  ])("at %s, with day %i", (now, day, expected) => {
    expect(soon(now, day)).toEqual(expected);
  });

  test("of a quarter", () => {
    // The tenth working day after December 2023 is Monday 15 January.
    expect(soon("2024-01-11T08:00", 10, "quarterly")).toEqual(["2023/24 Q3", "2024-04-11T08:00"]);
    expect(soon("2024-01-11T07:59", 10, "quarterly")).toEqual(["2023/24 Q2", "2024-01-11T08:00"]);
  });
});
