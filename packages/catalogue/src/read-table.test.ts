import { expect, test } from "vitest";
import { type Case, problemsOf, withRows, withText } from "./testing.ts";

const refused: readonly Case[] = [
  ["a missing file", { "plans.csv": null }, ["plans.csv:1: file: the file is missing"]],
  [
    "an empty file",
    { "forums.csv": "" },
    ["forums.csv:1: file: the file is empty; its first row is code,name,tier,parent"],
  ],
  ["a missing column", withText("forums.csv", ",tier", ""), ["forums.csv:1: tier: the column is missing"]],
  [
    "an unknown column",
    withText("plans.csv", "value\nae-4h,NW,2024-01,80.5", "value,organization\nae-4h,NW,2024-01,80.5,x"),
    ['plans.csv:1: organization: unknown column (did you mean "organisation"?)'],
  ],
  ["a column twice", withText("plans.csv", "value", "value,value"), ["plans.csv:1: value: the column is given twice"]],
  [
    "semicolons",
    { "forums.csv": "code;name;tier;parent\n" },
    ["forums.csv:1: file: cells are separated by semicolons; save the file with commas"],
  ],
  [
    "a workbook under another name",
    { "plans.csv": Buffer.from("PK\x03\x04rest", "latin1") },
    ['plans.csv:1: file: an Excel workbook under another name; save it as "CSV UTF-8 (comma delimited)"'],
  ],
  [
    "UTF-16",
    { "plans.csv": Buffer.from("\ufeffmetric", "utf16le") },
    ['plans.csv:1: file: UTF-16; save it as "CSV UTF-8 (comma delimited)"'],
  ],
  [
    "another encoding",
    { "organisations.csv": Buffer.from("code,name,kind,parent,opened,closed\nICS,Système,system,,,\n", "latin1") },
    ['organisations.csv:2: file: not UTF-8; save it as "CSV UTF-8 (comma delimited)"'],
  ],
  [
    "a NUL byte",
    withRows("plans.csv", "ae-4h,N\0W,2024-02,1"),
    ["plans.csv:3: file: a NUL byte: this is no text file"],
  ],
  [
    "a quote left open",
    withRows("plans.csv", 'ae-4h,"NW,2024-02,1'),
    ["plans.csv:3: file: a quote is opened in this row and never closed; what follows is not read"],
  ],
  [
    "a quote within a cell",
    withRows("plans.csv", 'ae-4h,N"W,2024-02,1'),
    [
      'plans.csv:3: file: a quote stands within a cell; put the whole cell in quotes and write the quote twice (""); what follows is not read',
    ],
  ],
  [
    "a comma that is not quoted",
    withRows("plans.csv", "spend,NW,2024-02,883,000"),
    ["plans.csv:3: file: the row has 5 cells, the header 4; a cell with a comma must be quoted"],
  ],
  [
    "a line after a cell of two lines by its own number",
    withRows(
      "metrics.csv",
      'x,X,"two\r\nlines",uec,,count,,lower,monthly,sum,0',
      "y,Y,,uec,,count,,lower,monthly,sum,none",
    ),
    ['metrics.csv:10: decimals: "none" is no whole number from 0 to 9'],
  ],
];

test.each(refused)("refuses %s, and names the place", async (_, files, expected) => {
  expect(await problemsOf(files)).toEqual(expected);
});
