import { expect, test } from "vitest";
import { type Case, problemsOf, withRows } from "./testing.ts";

const refused: readonly Case[] = [
  [
    "a second SLT",
    withRows("forums.csv", "top,Top,slt,"),
    ['forums.csv:4: tier: a second forum of tier slt; the first is "slt"'],
  ],
  [
    "no SLT",
    { "forums.csv": "code,name,tier,parent\nuec,Urgent Care Board,board,\n" },
    ["forums.csv:1: tier: no forum has tier slt; exactly one must"],
  ],
  [
    "an unknown forum above",
    withRows("forums.csv", "ec,Elective,board,sit"),
    ['forums.csv:4: parent: unknown forum "sit" (did you mean "slt"?)'],
  ],
];

test.each(refused)("refuses %s, and names the place", async (_, files, expected) => {
  expect(await problemsOf(files)).toEqual(expected);
});
