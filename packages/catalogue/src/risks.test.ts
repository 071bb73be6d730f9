import { expect, test } from "vitest";
import { formatProblem } from "./problem.ts";
import { readRisks } from "./risks.ts";
import { readWith } from "./testing.ts";

const today = Temporal.PlainDate.from("2026-11-22");

async function read(text: string | Buffer) {
  const { catalogue } = await readWith({});
  if (catalogue === null) throw new Error("the good catalogue has problems");
  const keeps = (organisation: string) => organisation === "NW";
  const { risks, problems } = await readRisks(Buffer.from(text), { ...catalogue, keeps, today });
  return { risks, problems: problems.map(formatProblem) };
}

test("a register is read in any order of columns, days as spreadsheets write them", async () => {
  const { risks, problems } = await read(
    'Title,reference,organisation,Impact,likelihood,reviewed_on\r\n"Waits, long",BAF 3,NW,5,4,01/11/2026\r\n,,,,,\r\nStaff,12,NW,2,1,\r\n',
  );
  expect(problems).toEqual([]);
  const common = { organisation: "NW", owner: null };
  expect(risks).toEqual([
    { ...common, reference: "BAF 3", title: "Waits, long", likelihood: 4, impact: 5, reviewedOn: "2026-11-01" },
    { ...common, reference: "12", title: "Staff", likelihood: 1, impact: 2, reviewedOn: null },
  ]);
});

test("what is wrong is said by line and column, of every row at once", async () => {
  const { risks, problems } = await read(
    `organisation,reference,title,likelihood,impact,reviewed_on,owner
NWW,1,A,3,3,,
ICS,2,B,3,3,,
NW,,C,6,0,2026-11-23,
NW,4,,high,,soon,${"x".repeat(201)}
NW,5,D,1,1,2026-11-22,
nw,6,E,1,1,,
NW,5,F,2,2,,
`,
  );
  expect(problems).toEqual([
    'risks.csv:2: organisation: unknown organisation "NWW" (did you mean "NW"?)',
    "risks.csv:3: organisation: you do not keep the register of ICS; its owners and executives do",
    "risks.csv:4: reference: is empty",
    'risks.csv:4: likelihood: "6" is no whole number from 1 to 5',
    'risks.csv:4: impact: "0" is no whole number from 1 to 5',
    "risks.csv:4: reviewed_on: 2026-11-23 is still to come: give the day of the last review",
    "risks.csv:5: title: is empty",
    'risks.csv:5: likelihood: "high" is no whole number from 1 to 5',
    "risks.csv:5: impact: is empty",
    'risks.csv:5: reviewed_on: "soon" is no day such as 2024-03-31',
    "risks.csv:5: owner: has 201 characters; at most 200 are taken",
    'risks.csv:7: organisation: unknown organisation "nw" (did you mean "NW"?)',
    "risks.csv:8: reference: the same risk as in line 6",
  ]);
  expect(risks.map(({ title }) => title)).toEqual(["D"]);
});

test.each([
  ["an empty file", "", "risks.csv:1: file: the file is empty"],
  [
    "a missing column",
    "organisation,reference,title,likelihood\nNW,1,A,3\n",
    "risks.csv:1: impact: the column is missing",
  ],
  ["a workbook under another name", Buffer.from("PK\x03\x04...."), "risks.csv:1: file: an Excel workbook"],
  [
    "an open quote",
    'organisation,reference,title,likelihood,impact\nNW,"1,A,3,3\n',
    "risks.csv:2: file: a quote is opened",
  ],
])("%s is refused and says why", async (_, text, problem) => {
  expect((await read(text)).problems.join("\n")).toContain(problem);
});
