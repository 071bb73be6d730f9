import { expect, test } from "vitest";
import { type Case, problemsOf, good, readWith, withRows, withText } from "./testing.ts";

const refused: readonly Case[] = [
  [
    "a code twice",
    withRows("organisations.csv", "NW,Again,provider,ICS,,"),
    ['organisations.csv:5: code: "NW" is given twice, first in line 3'],
  ],
  [
    "a code that could be a path",
    withRows("organisations.csv", "../x,Up,provider,ICS,,"),
    ['organisations.csv:5: code: "../x" is no code: it must not begin with a point or hold / \\ | ; , " ? # % *'],
  ],
  [
    "a second system",
    withRows("organisations.csv", "ICB,Other,system,,,"),
    ['organisations.csv:5: kind: a second system; the first is "ICS"'],
  ],
  [
    "no system",
    {
      ...good,
      "organisations.csv": "code,name,kind,parent,opened,closed\n",
      "people.csv": "email,name,role,forum,organisation\n",
      "plans.csv": "metric,organisation,period,value\n",
    },
    ["organisations.csv:1: kind: no organisation has kind system; exactly one must"],
  ],
  [
    "a system below something",
    withText("organisations.csv", "system,,,", "system,NW,,"),
    [
      "organisations.csv:2: parent: the system has no parent",
      'organisations.csv:2: parent: a system cannot stand below a provider ("NW")',
      'organisations.csv:2: parent: a cycle: "ICS" is below "NW" is below "ICS"',
    ],
  ],
  [
    "an organisation without a parent",
    withRows("organisations.csv", "SE,South,provider,,,"),
    ["organisations.csv:5: parent: is empty; only the system has no parent"],
  ],
  [
    "an unknown parent",
    withRows("organisations.csv", "SE,South,provider,ICC,,"),
    ['organisations.csv:5: parent: unknown organisation "ICC" (did you mean "ICS"?)'],
  ],
  [
    "a cycle",
    withRows("organisations.csv", "A,A,site,B,,", "B,B,site,C,,", "C,C,site,A,,"),
    ['organisations.csv:5: parent: a cycle: "A" is below "B" is below "C" is below "A"'],
  ],
  [
    "a provider below a site",
    withRows("organisations.csv", "SE,South,provider,NW1,,"),
    ['organisations.csv:5: parent: a provider cannot stand below a site ("NW1")'],
  ],
  [
    "an unknown kind",
    withRows("organisations.csv", "SE,South,trust,ICS,,"),
    ['organisations.csv:5: kind: "trust" is none of system, provider, site, directorate, ward, team, consultant'],
  ],
  [
    "a date that is none",
    withRows("organisations.csv", "SE,South,provider,ICS,2024-02-30,"),
    ['organisations.csv:5: opened: "2024-02-30" is no day such as 2024-03-31'],
  ],
  [
    "closed before opened",
    withRows("organisations.csv", "SE,South,provider,ICS,2024-02-03,2024-02-02"),
    ["organisations.csv:5: closed: closed before it opened (2024-02-03)"],
  ],
  [
    "a control character",
    withRows("organisations.csv", "SE,So\u0007uth,provider,ICS,,"),
    ["organisations.csv:5: name: the cell holds a control character"],
  ],
  [
    "a sign-off that is neither yes nor no",
    withText("organisations.csv", "closed\n", "closed,sign_off\nSE,South,provider,ICS,,,maybe\n"),
    ['organisations.csv:2: sign_off: "maybe" is none of yes, no'],
  ],
];

test("an organisation's executive signs off where it says yes, and nowhere else", async () => {
  const files = withText("organisations.csv", "closed\n", "closed,sign_off\nSE,South,provider,ICS,,,yes\n");
  const { catalogue } = await readWith(files);
  expect(catalogue?.organisations.map(({ code, signOff }) => [code, signOff])).toEqual([
    ["SE", true],
    ["ICS", false],
    ["NW", false],
    ["NW1", false],
  ]);
});

test.each(refused)("refuses %s, and names the place", async (_, files, expected) => {
  expect(await problemsOf(files)).toEqual(expected);
});
