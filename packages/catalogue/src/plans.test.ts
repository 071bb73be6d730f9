import { expect, test } from "vitest";
import { type Case, problemsOf, withRows } from "./testing.ts";

const refused: readonly Case[] = [
  [
    "a plan twice",
    withRows("plans.csv", "ae-4h,NW,Jan 2024,90"),
    ["plans.csv:3: period: the same metric, organisation and period as in line 2"],
  ],
  [
    "a plan for no quarter",
    withRows("plans.csv", "cqc,NW,2024-02,G"),
    ['plans.csv:3: period: "2024-02" is no quarter such as 2023/24 Q4, nor its first month such as 2024-01'],
  ],
  [
    "a plan without a value, or with none",
    withRows("plans.csv", "ae-4h,NW,2024-02,", "ae-4h,NW,2024-03,N/A"),
    ["plans.csv:3: value: is empty", 'plans.csv:4: value: "N/A" is no percent'],
  ],
  [
    "a plan's grade that is not on the scale",
    withRows("plans.csv", "cqc,NW,2024-01,X"),
    ['plans.csv:3: value: "X" is no ordinal: The value is none of the scale P, A, G, E.'],
  ],
];

test.each(refused)("refuses %s, and names the place", async (_, files, expected) => {
  expect(await problemsOf(files)).toEqual(expected);
});
