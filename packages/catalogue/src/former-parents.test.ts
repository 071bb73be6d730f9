import { parsePeriod } from "@signalbox/domain";
import { expect, test } from "vitest";
import { type Case, problemsOf, readWith, withRows } from "./testing.ts";

const header = "organisation,parent,from,to\n";
const more = withRows("organisations.csv", "SE,South,provider,ICS,,", "W1,Ward 1,ward,NW1,,", "W2,Ward 2,ward,W1,,");

test("takes where an organisation stood before, ever since or from a month on", async () => {
  const { catalogue, problems } = await readWith({
    ...more,
    "parents.csv": `${header}NW1,SE,,2022-03\nNW1,ICS,2022-04,2023-03\n`,
  });
  expect(problems).toEqual([]);
  expect(catalogue?.formerParents).toEqual([
    { organisation: "NW1", parent: "SE", from: null, to: parsePeriod("2022-03", "monthly") },
    {
      organisation: "NW1",
      parent: "ICS",
      from: parsePeriod("2022-04", "monthly"),
      to: parsePeriod("2023-03", "monthly"),
    },
  ]);
});

const refused: readonly Case[] = [
  [
    "months that overlap, by one month too",
    { ...more, "parents.csv": `${header}NW1,SE,2022-04,2023-03\nNW1,ICS,2023-03,2023-06\nNW1,ICS,,2022-03\n` },
    ["parents.csv:3: from: the months overlap those of line 2"],
  ],
  [
    "a row without an end, one that ends before it begins, months that are none",
    { ...more, "parents.csv": `${header}NW1,SE,2022-04,\nNW1,SE,2022-04,2022-03\nNW1,SE,2022-04-30,never\n` },
    [
      "parents.csv:2: to: is empty; name the last month: after it the parent in organisations.csv holds",
      "parents.csv:3: to: is before from",
      'parents.csv:4: from: "2022-04-30" is no month such as 2024-03',
      'parents.csv:4: to: "never" is no month such as 2024-03',
    ],
  ],
  [
    "parents that cannot be",
    {
      ...more,
      "parents.csv": `${header}SE,NW1,,2022-03\nNW1,NW1,,2022-03\nICS,SE,,2022-03\nNW1,SF,,2022-03\n`,
    },
    [
      'parents.csv:2: parent: a provider cannot stand below a site ("NW1")',
      'parents.csv:3: parent: "NW1" cannot stand below itself',
      "parents.csv:4: parent: the system has no parent",
      'parents.csv:5: parent: unknown organisation "SF" (did you mean "SE"?)',
    ],
  ],
  [
    "a cycle with the tree as it is now, once",
    { ...more, "parents.csv": `${header}W1,W2,2022-04,2022-06\nNW1,SE,2022-05,2022-05\n` },
    ['parents.csv:2: parent: a cycle in 2022-04: "W1" is below "W2" is below "W1"'],
  ],
  [
    "a cycle that two rows make in the months they share",
    { ...more, "parents.csv": `${header}NW1,W2,2022-04,2022-06\nW1,NW,,2022-04\n` },
    ['parents.csv:2: parent: a cycle in 2022-05: "NW1" is below "W2" is below "W1" is below "NW1"'],
  ],
];

test.each(refused)("refuses %s, and names the place", async (_, files, expected) => {
  expect(await problemsOf(files)).toEqual(expected);
});

test("two rows that undo each other's cycle are none", async () => {
  const files = { ...more, "parents.csv": `${header}NW1,W1,2022-04,2022-06\nW1,NW,2022-04,2022-06\n` };
  expect(await problemsOf(files)).toEqual([]);
});
