import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kindOfBuiltIn, kindOfCode, type NumberKind } from "./number-format.ts";
import { numberText, plainDecimal } from "./number-text.ts";

describe("a number is written by what its format says it is", () => {
  test.each<[string, number, NumberKind, boolean, string]>([
    ["a count", 9592, "plain", false, "9592"],
    ["half a patient", 10.5, "plain", false, "10.5"],
    ["a large number without exponent", 1e21, "plain", false, "1000000000000000000000"],
    ["a small number without exponent", 1.5e-7, "plain", false, "0.00000015"],
    ["less than nothing", -883_000, "plain", false, "-883000"],
    ["a percentage, its point moved", 0.946, "percent", false, "94.6%"],
    ["a percentage with all its digits", 0.049937447873228, "percent", false, "4.9937447873228%"],
    ["a percentage that multiplying would spoil", 0.07, "percent", false, "7%"],
    ["a hundred percent", 1, "percent", false, "100%"],
    ["a negative percentage", -0.012, "percent", false, "-1.2%"],
    ["nothing in percent", 0, "percent", false, "0%"],
    ["a tiny percentage", 1e-9, "percent", false, "0.0000001%"],
    ["a day", 45_383, "date", false, "2024-04-01"],
    ["the same day, counted from 1904", 43_921, "date", true, "2024-04-01"],
    ["a day and a time", 45_383.545_138_888_89, "date", false, "2024-04-01 13:05:00"],
    ["the day before the false leap day", 59, "date", false, "1900-02-28"],
    ["the false leap day", 60, "date", false, "1900-02-29"],
    ["the day after it", 61, "date", false, "1900-03-01"],
    ["the first day", 1, "date", false, "1900-01-01"],
    ["a reference to an empty cell", 0, "date", false, "1900-01-00"],
    ["the first day of 1904", 0, "date", true, "1904-01-01"],
    ["a negative date, which is none", -3, "date", false, "-3"],
    ["a date past the year 9999, which is none", 3_000_000, "date", false, "3000000"],
    ["a time", 0.023_703_703_703_703_7, "time", false, "0:34:08"],
    ["a time over 24 hours", 1.422_222_222_222_22, "time", false, "34:08:00"],
    ["a time with tenths", (34 * 60 + 8.5) / 86_400, "time", false, "0:34:08.5"],
    ["a time of a day, shown without the day", 45_383.5, "time", false, "2024-04-01 12:00:00"],
    ["a negative time, which is none", -0.5, "time", false, "-0.5"],
  ])("%s", (_what, value, kind, from1904, text) => {
    expect(numberText(value, kind, from1904)).toBe(text);
  });

  test("whatever the number, its text is the same number and has no exponent", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = plainDecimal(value);
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(text) + 0).toBe(value + 0);
        const shifted = plainDecimal(value, 2);
        expect(shifted).toMatch(/^-?\d+(\.\d+)?$/);
        if (Math.abs(value) < 1e300) expect(Number(`${shifted}e-2`) + 0).toBe(value + 0);
      }),
    );
  });
});

test.each<[string, NumberKind]>([
  ["General", "plain"],
  ["#,##0.00", "plain"],
  ["0.00E+00", "plain"],
  ["@", "plain"],
  ['#,##0" days"', "plain"],
  ['0.0"m"', "plain"],
  ["[Red]#,##0;[Blue]-#,##0", "plain"],
  ["_-£* #,##0.00_-;-£* #,##0.00_-", "plain"],
  ["[$£-809]#,##0", "plain"],
  ["0%", "percent"],
  ["0.00%;[Red]-0.00%", "percent"],
  ['0.0"%"', "plain"],
  ["0.0\\%", "plain"],
  ["dd/mm/yyyy", "date"],
  ["mmm-yy", "date"],
  ["mmmm", "date"],
  ["[$-809]dd mmmm yyyy;@", "date"],
  ["dd/mm/yyyy hh:mm", "date"],
  ["yyyy\\-mm\\-dd", "date"],
  ["h:mm:ss", "time"],
  ["mm:ss.0", "time"],
  ["[h]:mm:ss", "time"],
  ["[mm]:ss", "time"],
  ["[$-F400]h:mm:ss\\ AM/PM", "time"],
])("the format %s is a %s", (code, kind) => {
  expect(kindOfCode(code)).toBe(kind);
});

test.each<[number, NumberKind]>([
  [0, "plain"],
  [9, "percent"],
  [10, "percent"],
  [14, "date"],
  [17, "date"],
  [20, "time"],
  [22, "date"],
  [46, "time"],
  [49, "plain"],
])("the format number %i is a %s", (id, kind) => {
  expect(kindOfBuiltIn(id)).toBe(kind);
});
