import { parsePeriod } from "@signalbox/domain";
import { expect, test } from "vitest";
import { type Case, problemsOf, readWith, withRows } from "./testing.ts";

const header = "organisation,successor,from\n";
const trusts = withRows(
  "organisations.csv",
  "A,A Trust,provider,ICS,,",
  "B,B Trust,provider,ICS,,",
  "C,C Trust,provider,ICS,,",
);

test("takes an organisation that was divided, and one that followed two", async () => {
  const { catalogue, problems } = await readWith({
    ...trusts,
    "successors.csv": `${header}A,B,2024-04\nA,C,2024-04\nNW,B,Apr-24\n`,
  });
  expect(problems).toEqual([]);
  expect(catalogue?.successors).toHaveLength(3);
  expect(catalogue?.successors[2]).toEqual({
    organisation: "NW",
    successor: "B",
    from: parsePeriod("2024-04", "monthly"),
  });
});

const refused: readonly Case[] = [
  [
    "a successor of itself, one given twice, unknown ones and the system's",
    {
      ...trusts,
      "successors.csv": `${header}A,A,2024-04\nA,B,2024-04\nA,B,2024-05\nA,D,2024-04\nICS,A,2024-04\nC,B,soon\nC,B,\n`,
    },
    [
      'successors.csv:2: successor: "A" cannot succeed itself',
      "successors.csv:4: successor: the same organisation and successor as in line 3",
      'successors.csv:5: successor: unknown organisation "D" (did you mean "A"?)',
      "successors.csv:6: organisation: the system has no successor",
      'successors.csv:7: from: "soon" is no month such as 2024-03',
      "successors.csv:8: from: is empty",
    ],
  ],
  [
    "a circle of three, at the row that closes it",
    { ...trusts, "successors.csv": `${header}A,B,2024-04\nB,C,2025-04\nC,A,2026-04\n` },
    ['successors.csv:4: successor: a circle: "C" would in the end succeed itself by way of "A"'],
  ],
];

test.each(refused)("refuses %s, and names the place", async (_, files, expected) => {
  expect(await problemsOf(files)).toEqual(expected);
});
