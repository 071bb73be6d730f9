import { expect, test } from "vitest";
import { type Case, problemsOf } from "./testing.ts";

const refused: readonly Case[] = [
  [
    "a series twice, its owner no address",
    {
      "series.csv":
        "metric,organisation,owner,author,contract,commissioner\nae-4h,NW,,,,\nae-4h,NW,,,,\nspend,NW,olu,,,\n",
    },
    [
      "series.csv:3: metric: the same metric and organisation as in line 2",
      'series.csv:4: owner: "olu" is no e-mail address',
    ],
  ],
];

test.each(refused)("refuses %s, and names the place", async (_, files, expected) => {
  expect(await problemsOf(files)).toEqual(expected);
});
