import { expect, test } from "vitest";
import { type Case, problemsOf } from "./testing.ts";

const refused: readonly Case[] = [
  [
    "a target twice, one without a value",
    {
      "targets.csv":
        "metric,organisation,value,from,to,source\nae-4h,,95,2010-06,,\nae-4h,,76,2010-06,,\nae-4h,NW,,2010-06,,\n",
    },
    ["targets.csv:3: from: the same metric, organisation and month as in line 2", "targets.csv:4: value: is empty"],
  ],
];

test.each(refused)("refuses %s, and names the place", async (_, files, expected) => {
  expect(await problemsOf(files)).toEqual(expected);
});
