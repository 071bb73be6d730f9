import { formatPeriod } from "@signalbox/domain";
import { describe, expect, test } from "vitest";
import { canonical, reading } from "./testing.ts";

describe("a canonical file", () => {
  test("gives a row an observation, with its row number in the file", async () => {
    const read = await reading(canonical("2024-03,RXX,ae-4h,74.6,,,76,busy month", "", "Feb-24,RYY,ae-12h,1,,,,"));
    expect(read).toMatchObject({ rejected: null, problems: [], read: 2, unchanged: 0, refused: 0, issued: null });
    expect(read.rows.length).toBe(2);
    const [first, second] = read.rows;
    expect(first).toMatchObject({
      row: 2,
      organisation: "RXX",
      metric: "ae-4h",
      value: 74.6,
      noValue: null,
      plan: 76,
      comment: "busy month",
    });
    expect(first && formatPeriod(first.period, "monthly")).toBe("2024-03");
    expect(second).toMatchObject({ row: 4, organisation: "RYY", value: 1, numerator: null, plan: null, comment: null });
  });

  test("has its columns in any order, in any case, with blanks around; unknown ones are reported and ignored", async () => {
    const read = await reading(' Metric ,VALUE,Shoe size,organisation,"Period\n"\nae-4h,74.6,44,RXX,2024-03\n');
    expect([...read.rows]).toMatchObject([{ organisation: "RXX", value: 74.6 }]);
    expect(read.problems).toMatchObject([{ row: 1, column: "Shoe size", code: "unknown-column", severity: "warning" }]);
  });

  test("reads each unit in its own notation", async () => {
    const rows = [
      "cat-2,0:34:08",
      "deficit,-£1.2m",
      "rating,G/E",
      "plan-agreed,Yes",
      'ae-attendances,"12,153"',
      "beds,5",
    ];
    const read = await reading(canonical(...rows.map((row) => `2024-01,RXX,${row},,,,`)));
    expect(Array.from(read.rows, ({ value }) => value)).toEqual([2048, -1_200_000, 2, 1, 12_153, 5]);
  });

  test("computes an empty value from numerator and denominator, multiplied first for a percent", async () => {
    const read = await reading(
      canonical("2024-03,RXX,ae-4h,,29,100,,", "2024-03,RXX,ae-12h,,1,4,,", "2024-03,RYY,ae-4h,,0,0,,"),
    );
    expect([...read.rows]).toMatchObject([
      { value: 29, numerator: 29, denominator: 100 },
      { value: 0.25 },
      { value: null, noValue: "denominator 0" },
    ]);
  });

  test("keeps why there is no value", async () => {
    const cells = ["N/A", "-", "–", "TBC", "*", ""];
    const read = await reading(canonical(...cells.map((cell, place) => `2024-03,R${place},ae-4h,${cell},,,,`)));
    expect(Array.from(read.rows, ({ noValue }) => noValue)).toEqual(["N/A", "-", "–", "TBC", "suppressed", "empty"]);
    expect(Array.from(read.rows, ({ value }) => value)).toEqual(cells.map(() => null));
  });

  test("does not compute over a reason that is given", async () => {
    const read = await reading(canonical("2024-03,RXX,ae-4h,N/A,29,100,,"));
    expect(read.rows.at(0)).toMatchObject({ value: null, noValue: "N/A", numerator: 29 });
  });

  test("may give a period on the day it begins", async () => {
    const now = "2024-04-01";
    expect(await reading(canonical("2024-04,RXX,ae-12h,0,,,,"), { now })).toMatchObject({ rejected: null, read: 1 });
  });

  test("passes over totals, notes and blank lines, which are no rows", async () => {
    const read = await reading(
      canonical(
        "2024-03,RXX,ae-4h,74.6,,,,",
        ",,,,,,,",
        "Total,TOTAL,ae-4h,80,,,,",
        "2024-03,Total ,ae-4h,80,,,,",
        "Note: provisional,,,,,,,",
      ),
    );
    expect(read).toMatchObject({ read: 1, refused: 0, problems: [] });
  });

  test("warns where the value differs from its parts beyond its digits, and lets the value count", async () => {
    const read = await reading(
      canonical(
        "2024-03,RXX,ae-4h,94.6,9464,10000,,",
        "2024-03,RYY,ae-4h,94.6,9466,10000,,",
        "2024-03,RZZ,deficit,£3.2m,3249000,1,,",
      ),
    );
    expect(read.rows.length).toBe(3);
    expect(read.problems).toMatchObject([
      { row: 3, column: "value", code: "value-differs", value: "94.6", severity: "warning" },
    ]);
  });
});

describe("a row with a problem is refused by itself", () => {
  test.each([
    ["2024-13,RXX,ae-4h,74.6,,,,", "period", "bad-period", "2024-13"],
    ["2024-05,RXX,ae-4h,74.6,,,,", "period", "future-period", "2024-05"],
    ["2024-02,RXX,beds,74.6,,,,", "period", "bad-period", "2024-02"],
    ["2024-03,RXX,no-such,74.6,,,,", "metric", "unknown-metric", "no-such"],
    ["2024-03,RXX,constructor,74.6,,,,", "metric", "unknown-metric", "constructor"],
    ["2024-03,,ae-4h,74.6,,,,", "organisation", "no-organisation", ""],
    ["2024-03,RXX,ae-4h,#REF!,,,,", "value", "spreadsheet-error", "#REF!"],
    ["2024-03,RXX,ae-4h,=1+1,,,,", "value", "formula", "=1+1"],
    ['2024-03,RXX,ae-4h,"94,6",,,,', "value", "foreign-number", "94,6"],
    ["2024-03,RXX,ae-4h,NaN,,,,", "value", "not-a-number", "NaN"],
    ["2024-03,RXX,ae-4h,Infinity,,,,", "value", "not-a-number", "Infinity"],
    ["2024-03,RXX,ae-4h,1.5e3,,,,", "value", "scientific-notation", "1.5e3"],
    ['2024-03,RXX,ae-4h,"""><script>",,,,', "value", "not-a-number", '"><script>'],
    ["2024-03,RXX,ae-4h,,x,100,,", "numerator", "not-a-number", "x"],
    ["2024-03,RXX,ae-4h,,1,#DIV/0!,,", "denominator", "spreadsheet-error", "#DIV/0!"],
    ["2024-03,RXX,ae-4h,74.6,,,about 80,", "plan", "not-a-number", "about 80"],
    ["2024-03,RXX,ae-attendances,12,153,,,,busy", null, "too-many-cells", null],
    ["2024-03,RXX,ae-4h", null, "too-few-cells", null],
  ])("%s", async (row, column, code, value) => {
    const read = await reading(canonical("2024-03,RYY,ae-4h,74.6,,,,", row));
    expect(read).toMatchObject({ rejected: null, read: 2, refused: 1 });
    expect(read.rows.length).toBe(1);
    expect(read.problems).toMatchObject([{ row: 3, column, code, value, severity: "error" }]);
    expect(read.problems[0]?.message).toMatch(/^[A-Z].+\.$/);
  });

  test("and every one of its cells that is wrong is named", async () => {
    const read = await reading(canonical("2024-03,RYY,ae-4h,74.6,,,,", "soon,RXX,ae-4h,#REF!,,,x,"));
    expect(read.problems.map(({ column }) => column)).toEqual(["period", "plan", "value"]);
    expect(read.refused).toBe(1);
  });

  test("a cell as long as a book is shown cut", async () => {
    const read = await reading(canonical("2024-03,RYY,ae-4h,74.6,,,,", `2024-03,RXX,ae-4h,${"x".repeat(5000)},,,,`));
    expect(read.problems[0]?.value).toHaveLength(201);
  });

  test("past 10,000 problems are only counted", async () => {
    const bad = Array.from({ length: 10_500 }, (_, place) => `2024-03,R${place},ae-4h,x,,,,`);
    const read = await reading(canonical("2024-03,RYY,ae-4h,74.6,,,,", ...bad));
    expect(read.refused).toBe(10_500);
    expect(read.problems).toHaveLength(10_001);
    expect(read.problems.at(-1)).toMatchObject({ code: "more-problems", message: "500 more problems are not listed." });
  });
});

test("a file without one usable row is rejected, with the problems of its rows", async () => {
  const read = await reading(canonical("2024-03,RXX,ae-4h,x,,,,"));
  expect(read).toMatchObject({ rejected: { code: "no-usable-row" }, read: 1, refused: 1 });
  expect(read.problems.map(({ code }) => code)).toEqual(["no-usable-row", "not-a-number"]);
  expect(await reading(canonical())).toMatchObject({ rejected: { code: "no-usable-row" }, read: 0 });
});

test("a nil return is a count of 0 with a mark; of a share it is no value, and says so", async () => {
  const read = await reading(canonical("2024-03,RXX,ae-12h,nil,,,,", "2024-03,RXX,ae-4h,Nil return,,,,"));
  expect([...read.rows]).toMatchObject([
    { metric: "ae-12h", value: 0, noValue: null, mark: "nil return" },
    { metric: "ae-4h", value: null, noValue: "nil return", mark: null },
  ]);
});
