import { describe, expect, test } from "vitest";
import {
  asPeriod,
  firstDay,
  formatPeriod,
  lastDay,
  nameOfPeriod,
  parsePeriod,
  periodContaining,
  periodOf,
  stepOf,
} from "./period.ts";

const march = periodOf(2024, 3);

describe("months", () => {
  test.each([
    "2024-03",
    "Mar-24",
    "Mar 2024",
    "March 2024",
    "march 2024",
    "MAR-24",
    "01/03/2024",
    "2024-03-01",
    " 2024-03 ",
  ])("%s is March 2024", (text) => {
    expect(parsePeriod(text, "monthly")).toBe(march);
  });

  test.each([
    "",
    "2024",
    "2024-13",
    "2024-00",
    "2024-3",
    "03/01/2024",
    "15/03/2024",
    "2024-03-15",
    "Mar 24",
    "Marc 2024",
    "Foo-24",
    "45352",
    "2023/24 Q4",
    "202403",
    "2024-03x",
    "0024-03",
    "March",
    "01/13/2024",
    "constructor 2024",
  ])("%s is no month, and no guess is made", (text) => {
    expect(parsePeriod(text, "monthly")).toBeNull();
  });

  test("a year's months follow one another", () => {
    expect(periodOf(2024, 1) - periodOf(2023, 12)).toBe(1);
    expect(formatPeriod(periodOf(2023, 12), "monthly")).toBe("2023-12");
  });
});

describe("quarters", () => {
  const q4 = periodOf(2024, 1);

  test.each(["2023/24 Q4", "Q4 2023/24", "2023-24 Q4", "2024-01", "Jan-24", "January 2024", "01/01/2024"])(
    "%s starts in January 2024",
    (text) => {
      expect(parsePeriod(text, "quarterly")).toBe(q4);
    },
  );

  test.each([
    ["2023/24 Q1", 2023, 4],
    ["2023/24 Q2", 2023, 7],
    ["2023/24 Q3", 2023, 10],
    ["1999/00 Q4", 2000, 1],
  ])("%s starts in %i-%i", (text, year, month) => {
    expect(parsePeriod(text, "quarterly")).toBe(periodOf(year, month));
  });

  test.each(["2023/25 Q4", "2023/24 Q5", "2023/24", "Q4 2023", "2024-02", "2024-03"])("%s is no quarter", (text) => {
    expect(parsePeriod(text, "quarterly")).toBeNull();
  });

  test("every quarter reads back as it was written", () => {
    for (let period: number = periodOf(1998, 1); period < periodOf(2031, 1); period += 3) {
      const text = formatPeriod(asPeriod(period), "quarterly");
      expect(parsePeriod(text, "quarterly")).toBe(period);
    }
  });
});

test("periods are named as a person says them", () => {
  expect(nameOfPeriod(march, "monthly")).toBe("March 2024");
  expect(nameOfPeriod(periodOf(2024, 1), "quarterly")).toBe("January to March 2024 (2023/24 Q4)");
  expect(nameOfPeriod(periodOf(2023, 10), "quarterly")).toBe("October to December 2023 (2023/24 Q3)");
});

test("a period ends with its last day, leap years included", () => {
  expect(firstDay(march).toString()).toBe("2024-03-01");
  expect(lastDay(periodOf(2024, 2), "monthly").toString()).toBe("2024-02-29");
  expect(lastDay(periodOf(2023, 12), "monthly").toString()).toBe("2023-12-31");
  expect(lastDay(periodOf(2024, 1), "quarterly").toString()).toBe("2024-03-31");
});

test("a day lies in its month and in its financial quarter", () => {
  const day = Temporal.PlainDate.from("2024-03-31");
  expect(periodContaining(day, "monthly")).toBe(march);
  expect(periodContaining(day, "quarterly")).toBe(periodOf(2024, 1));
  expect([stepOf("monthly"), stepOf("quarterly")]).toEqual([1, 3]);
});
