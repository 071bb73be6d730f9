import Holidays from "date-holidays";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addWorkingDays, bankHolidays, isWorkingDay, nthWorkingDayAfter } from "./working-days.ts";

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const days = fc.integer({ min: 0, max: 30_000 }).map((n) => day("2000-01-01").add({ days: n }));

describe("England's bank holidays", () => {
  const england = new Holidays("GB", "ENG");
  /** date-holidays does not know these proclamations. */
  const unknownThere = new Set([1995, 1999, 2002, 2011, 2012]);
  const years = Array.from({ length: 90 }, (_, i) => 1985 + i).filter((year) => !unknownThere.has(year));

  test.each(years)("are those that date-holidays lists for %i", (year) => {
    const listed = england
      .getHolidays(year)
      .filter(({ type }) => type === "public" || type === "bank")
      .map(({ date }) => date.slice(0, 10))
      .filter((date) => day(date).dayOfWeek <= 5);
    expect([...bankHolidays(year)].toSorted()).toEqual([...new Set(listed)].toSorted());
  });

  test.each([
    ["the royal wedding", 2011, ["2011-04-29", "2011-05-02", "2011-05-30"]],
    ["the diamond jubilee", 2012, ["2012-05-07", "2012-06-04", "2012-06-05"]],
    ["VE day, in place of early May", 2020, ["2020-05-08", "2020-05-25"]],
    ["the platinum jubilee", 2022, ["2022-05-02", "2022-06-02", "2022-06-03"]],
    ["the coronation", 2023, ["2023-05-01", "2023-05-08", "2023-05-29"]],
  ])("of late spring include %s", (_, year, expected) => {
    const spring = [...bankHolidays(year)].filter((date) => date > `${year}-04-25` && date < `${year}-06-30`);
    expect(spring.toSorted()).toEqual(expected);
  });

  test("include the Queen's funeral", () => {
    expect(isWorkingDay(day("2022-09-19"))).toBe(false);
  });

  test.each([
    ["Saturday", 2021, ["2021-12-27", "2021-12-28"]],
    ["Sunday", 2022, ["2022-12-26", "2022-12-27"]],
    ["Friday", 2020, ["2020-12-25", "2020-12-28"]],
    ["Monday", 2023, ["2023-12-25", "2023-12-26"]],
  ])("make up for a Christmas on a %s", (_, year, expected) => {
    expect([...bankHolidays(year)].filter((date) => date.slice(5) > "12-01").toSorted()).toEqual(expected);
  });
});

describe("working days", () => {
  test("pass over Christmas, the weekend and New Year", () => {
    expect(addWorkingDays(day("2026-12-23"), 3).toString()).toBe("2026-12-30");
    expect(nthWorkingDayAfter(day("2026-12-31"), 1).toString()).toBe("2027-01-04");
  });

  test("count from the next day, whatever day it is", () => {
    expect(nthWorkingDayAfter(day("2024-03-31"), 1).toString()).toBe("2024-04-02");
    expect(nthWorkingDayAfter(day("2024-03-31"), 10).toString()).toBe("2024-04-15");
  });

  test("none added is the same day, or the next working day where it is none", () => {
    expect(addWorkingDays(day("2024-03-28"), 0).toString()).toBe("2024-03-28");
    expect(addWorkingDays(day("2024-03-29"), 0).toString()).toBe("2024-04-02");
  });

  test("there is no working day number 0 after a date", () => {
    expect(() => nthWorkingDayAfter(day("2024-03-28"), 0)).toThrow(RangeError);
  });

  test("going n forward and n back returns to where it began", () => {
    fc.assert(
      fc.property(days.filter(isWorkingDay), fc.integer({ min: -60, max: 60 }), (from, n) =>
        addWorkingDays(addWorkingDays(from, n), -n).equals(from),
      ),
      { numRuns: 200 },
    );
  });

  test("the result is a working day with n working days up to it", () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 40 }), (from, n) => {
        const to = addWorkingDays(from, n);
        let passed = 0;
        for (let one = from.add({ days: 1 }); Temporal.PlainDate.compare(one, to) <= 0; one = one.add({ days: 1 })) {
          if (isWorkingDay(one)) passed += 1;
        }
        expect(isWorkingDay(to)).toBe(true);
        expect(passed).toBe(n);
      }),
      { numRuns: 100 },
    );
  });
});
