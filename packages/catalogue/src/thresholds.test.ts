import { expect, test } from "vitest";
import { type Case, problemsOf, withRows } from "./testing.ts";

const refused: readonly Case[] = [
  [
    "unknown codes of thresholds",
    withRows("thresholds.csv", "ae-5h,NV,,value,85,75,2021-04,,approved,,"),
    [
      'thresholds.csv:3: metric: unknown metric "ae-5h" (did you mean "ae-4h"?)',
      'thresholds.csv:3: organisation: unknown organisation "NV" (did you mean "NW"?)',
    ],
  ],
  [
    "an SLT limit on the better side, where higher is better",
    withRows("thresholds.csv", "ae-4h,,,value,75,85,2021-04,,approved,,"),
    ["thresholds.csv:3: slt: the SLT limit is on the better side of the board limit (higher is better)"],
  ],
  [
    "an SLT limit on the better side, where lower is better",
    withRows("thresholds.csv", "spend,,,variance,£2m,£1m,2021-04,,draft,,"),
    ["thresholds.csv:3: slt: the SLT limit is on the better side of the board limit (lower is better)"],
  ],
  [
    "two rows with the same from",
    withRows("thresholds.csv", "ae-4h,,,value,84,74,Apr-20,2024-03,approved,,"),
    ["thresholds.csv:3: from: the same status, metric, organisation, level and month as in line 2"],
  ],
  [
    "a number that is none",
    withRows("thresholds.csv", "ae-4h,,,value,lots,#REF!,2021-04,,approved,,"),
    [
      'thresholds.csv:3: board: "lots" is no percent: There is text where a number belongs.',
      `thresholds.csv:3: slt: "#REF!" is no percent: The cell holds a spreadsheet's error, not a value.`,
    ],
  ],
  [
    "a level that is no kind",
    withRows("thresholds.csv", "ae-4h,,sites,value,85,75,2021-04,,approved,,"),
    [
      'thresholds.csv:3: level: "sites" is none of system, provider, site, directorate, ward, team, consultant (did you mean "site"?)',
    ],
  ],
  [
    "an organisation and a level",
    withRows("thresholds.csv", "ae-4h,NW,site,value,85,75,2021-04,,approved,,"),
    ["thresholds.csv:3: level: a row is of an organisation or of a level, not of both: leave one empty"],
  ],
  [
    "a range that ends before it begins",
    withRows("thresholds.csv", "ae-4h,,,value,85,75,2021-04,2021-03,approved,,"),
    ["thresholds.csv:3: to: is before from"],
  ],
  [
    "a month that is none",
    withRows("thresholds.csv", "ae-4h,,,value,85,75,2021-13,,approved,,"),
    ['thresholds.csv:3: from: "2021-13" is no month such as 2024-03'],
  ],
  [
    "a row without from or status",
    withRows("thresholds.csv", "ae-4h,,,value,85,75,,,,,"),
    ["thresholds.csv:3: from: is empty", "thresholds.csv:3: status: is empty"],
  ],
];

test.each(refused)("refuses %s, and names the place", async (_, files, expected) => {
  expect(await problemsOf(files)).toEqual(expected);
});
