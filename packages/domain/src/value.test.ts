import { describe, expect, test } from "vitest";
import { formatValue, parseValue, type Unit } from "./value.ts";

const scale = ["P", "A", "G", "E"];
const read = (text: string, unit: Unit) => parseValue(text, { unit, scale: unit === "ordinal" ? scale : [] });

describe("a value by unit", () => {
  test.each<[string, Unit, number]>([
    ["94.6", "percent", 94.6],
    ["94.6%", "percent", 94.6],
    ["94.6 %", "percent", 94.6],
    ["0.946", "percent", 0.946],
    ["120%", "percent", 120],
    ["12,153", "count", 12_153],
    ["1,012,153.5", "count", 1_012_153.5],
    ["57.5", "count", 57.5],
    [".5", "rate", 0.5],
    ["-3", "rate", -3],
    ["00:34:08", "duration", 2048],
    ["0:38:09", "duration", 2289],
    ["30:00:00", "duration", 108_000],
    ["0:34:08.5", "duration", 2048.5],
    ["2048", "duration", 2048],
    ["£883,000", "money", 883_000],
    ["£3.242m", "money", 3_242_000],
    ["£650k", "money", 650_000],
    ["-£1.2m", "money", -1_200_000],
    ["(£1.2m)", "money", -1_200_000],
    ["883000", "money", 883_000],
    ["P", "ordinal", 0],
    ["e", "ordinal", 3],
    ["G/E", "ordinal", 2],
    ["E/G", "ordinal", 2],
    ["Y", "yesno", 1],
    ["yes", "yesno", 1],
    ["N", "yesno", 0],
    ["No", "yesno", 0],
  ])("%s as %s is %d", (text, unit, value) => {
    expect(read(text, unit)).toEqual({ kind: "value", value });
  });
});

describe("no value keeps its reason", () => {
  test.each([
    ["N/A", "N/A"],
    ["n/a", "n/a"],
    ["-", "-"],
    ["–", "–"],
    ["TBC", "TBC"],
    ["*", "suppressed"],
    ["", "empty"],
    ["  ", "empty"],
  ])("%j says %s", (text, reason) => {
    for (const unit of ["percent", "count", "rate", "duration", "money", "ordinal", "yesno"] as const) {
      expect(read(text, unit)).toEqual({ kind: "none", reason });
    }
  });
});

describe("a nil return", () => {
  test.each(["nil", "Nil", "NIL RETURN", " nil return "])("%j is a count of 0 that says so", (text) => {
    expect(read(text, "count")).toEqual({ kind: "value", value: 0, mark: "nil return" });
  });

  test("is no value of any other unit, with its reason", () => {
    for (const unit of ["percent", "rate", "duration", "money", "ordinal", "yesno"] as const)
      expect(read("nil", unit)).toEqual({ kind: "none", reason: "nil return" });
  });

  test("is no word among others", () => {
    expect(read("nil to report", "count")).toMatchObject({ kind: "problem", code: "not-a-number" });
  });
});

describe("what is no value is a problem, never a guess", () => {
  test.each<[string, Unit, string]>([
    ["1.5e3", "count", "scientific-notation"],
    ["1.5E3%", "percent", "scientific-notation"],
    ["#REF!", "percent", "spreadsheet-error"],
    ["#DIV/0!", "money", "spreadsheet-error"],
    ["#N/A", "ordinal", "spreadsheet-error"],
    ["=1+1", "count", "formula"],
    ["@SUM(A1)", "count", "formula"],
    ["+cmd|'/c calc'!A1", "count", "formula"],
    ["-SUM(A1)", "yesno", "formula"],
    ["94,6", "percent", "foreign-number"],
    ["1.234,5", "count", "foreign-number"],
    ["1 234", "count", "foreign-number"],
    ["12,15", "count", "foreign-number"],
    ["1,2345", "count", "foreign-number"],
    ["£94,6", "money", "not-money"],
    ["$5", "money", "not-money"],
    ["-(£1.2m)", "money", "not-money"],
    ["(-£1.2m)", "money", "not-money"],
    ["34:08", "duration", "not-a-duration"],
    ["0:61:00", "duration", "not-a-duration"],
    ["NaN", "count", "not-a-number"],
    ["Infinity", "rate", "not-a-number"],
    ["-inf", "rate", "not-a-number"],
    ["9".repeat(400), "count", "foreign-number"],
    ["about 5", "count", "not-a-number"],
    ["94.6%", "count", "not-a-number"],
    [".", "count", "not-a-number"],
    ["X", "ordinal", "not-on-scale"],
    ["G/X", "ordinal", "not-on-scale"],
    ["G/E/A", "ordinal", "not-on-scale"],
    ["2", "ordinal", "not-on-scale"],
    ["maybe", "yesno", "not-yes-or-no"],
    ["1", "yesno", "not-yes-or-no"],
  ])("%s as %s is refused as %s", (text, unit, code) => {
    expect(read(text, unit)).toMatchObject({ kind: "problem", code });
  });
});

describe("how a value is shown", () => {
  test.each<[number | null, Unit, number, string]>([
    [84.56, "percent", 1, "84.6%"],
    [12_153, "count", 0, "12,153"],
    [1_234_567.25, "rate", 2, "1,234,567.25"],
    [0.05, "rate", 1, "0.1"],
    [-0.04, "rate", 1, "0.0"],
    [3_200_000, "money", 0, "£3.2m"],
    [3_242_000, "money", 0, "£3.242m"],
    [3_000_000, "money", 0, "£3.0m"],
    [883_000, "money", 0, "£883,000"],
    [-1_200_000, "money", 0, "-£1.2m"],
    [2048, "duration", 0, "0:34:08"],
    [2, "ordinal", 0, "G"],
    [1, "yesno", 0, "Yes"],
    [0, "yesno", 0, "No"],
    [null, "percent", 1, "no value"],
    [Number.NaN, "count", 0, "no value"],
  ])("%d as %s with %i decimals reads %s", (value, unit, decimals, shown) => {
    expect(formatValue(value, { unit, decimals, scale: unit === "ordinal" ? scale : [] })).toBe(shown);
  });
});
