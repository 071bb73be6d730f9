import { expect, test } from "vitest";
import { csvOf } from "./csv.ts";

test.each([
  ["plain", "plain"],
  ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"],
  ["-2+3", "'-2+3"],
  ["-2.5", "-2.5"],
  ["\t=1", "'\t=1"],
  ['say "yes", twice', '"say ""yes"", twice"'],
  ["two\nlines", '"two\nlines"'],
  [null, ""],
  [7, "7"],
])("writes %j as %j", (cell, written) => {
  expect(csvOf([[cell, "end"]])).toBe(`${written},end\r\n`);
});
