import { expect, test } from "vitest";
import { type Case, problemsOf, withRows } from "./testing.ts";

const refused: readonly Case[] = [
  [
    "an address that is none",
    withRows("people.csv", "chair,Ann,chair,uec,"),
    ['people.csv:4: email: "chair" is no e-mail address'],
  ],
  [
    "a line break in an address",
    withRows("people.csv", '"a@example.org\r\nBcc: b@example.org",Ann,chair,uec,'),
    ["people.csv:4: email: the cell holds a line break"],
  ],
  [
    "a line break in a name",
    withRows("people.csv", 'a@example.org,"Ann\nChair",chair,uec,'),
    ["people.csv:4: name: the cell holds a line break"],
  ],
  [
    "an unknown role",
    withRows("people.csv", "a@example.org,Ann,boss,uec,"),
    [
      'people.csv:4: role: "boss" is none of chair, member, secretary, observer, owner, author, submitter, executive, analyst, operator, auditor, administrator',
    ],
  ],
  [
    "a chair of nothing",
    withRows("people.csv", "a@example.org,Ann,chair,,"),
    ["people.csv:4: forum: a chair is of a forum: name it"],
  ],
  [
    "an owner of nothing",
    withRows("people.csv", "a@example.org,Ann,owner,uec,"),
    ["people.csv:4: organisation: role owner is of an organisation: name it"],
  ],
  [
    "an owner of the SLT's area",
    withRows("people.csv", "a@example.org,Ann,owner,slt,NW"),
    ["people.csv:4: forum: role owner is of a board's area; the SLT has none"],
  ],
  [
    "a person's role twice, in any case",
    withRows("people.csv", "ann.chair@example.org,Ann,chair,uec,"),
    ["people.csv:4: email: the same person and role as in line 2"],
  ],
  [
    "unknown codes of people",
    withRows("people.csv", "a@example.org,Ann,owner,ued,NV"),
    [
      'people.csv:4: forum: unknown forum "ued" (did you mean "uec"?)',
      'people.csv:4: organisation: unknown organisation "NV" (did you mean "NW"?)',
    ],
  ],
];

test.each(refused)("refuses %s, and names the place", async (_, files, expected) => {
  expect(await problemsOf(files)).toEqual(expected);
});
