import { expect, test } from "vitest";
import { formatProblem } from "./problem.ts";
import { type Case, problemsOf, readWith } from "./testing.ts";

const header = "name,organisation,template,url,working_day\n";
const url = "https://figures.example.org/{yyyy}-{mm}.csv";

test("takes sources with a template and without one", async () => {
  const { catalogue, problems } = await readWith({
    "sources.csv": `${header}ae,NW,nhs-england-ae-monthly,${url},8\nstaff,ICS,,${url},60\n`,
  });
  expect(problems).toEqual([]);
  expect(catalogue?.sources).toEqual([
    { name: "ae", organisation: "NW", template: "nhs-england-ae-monthly", url, workingDay: 8 },
    { name: "staff", organisation: "ICS", template: null, url, workingDay: 60 },
  ]);
});

test("a folder without sources.csv has none", async () => {
  expect((await readWith({})).catalogue?.sources).toEqual([]);
});

test("a template that is not among those known is a problem, and a near one is named", async () => {
  const files = { "sources.csv": `${header}ae,NW,nhs-england-ae-montly,${url},8\nok,NW,wide,${url},8\n` };
  const { problems } = await readWith(files, { templates: new Set(["nhs-england-ae-monthly", "wide"]) });
  expect(problems.map(formatProblem)).toEqual([
    'sources.csv:2: template: unknown template "nhs-england-ae-montly" (did you mean "nhs-england-ae-monthly"?)',
  ]);
});

const refused: readonly Case[] = [
  [
    "a source twice, one of an unknown organisation",
    { "sources.csv": `${header}ae,NW,,${url},8\nae,NW,,${url},8\nx,NV,,${url},8\n` },
    [
      "sources.csv:3: name: the same name as in line 2",
      'sources.csv:4: organisation: unknown organisation "NV" (did you mean "NW"?)',
    ],
  ],
  [
    "an address without encryption, one without a placeholder",
    { "sources.csv": `${header}a,NW,,http://x.example/{yyyy}-{mm},8\nb,NW,,https://x.example/{fy}/latest.csv,8\n` },
    [
      "sources.csv:2: url: begins with http:, and files are fetched by https: alone",
      "sources.csv:3: url: says the same for every month: put in {mm}, {month} or {mon}, or {q} for a file a quarter",
    ],
  ],
  [
    "a working day of another month, a template that is a path, and empty cells",
    { "sources.csv": `${header}a,NW,../x,${url},61\nb,NW,,,\n` },
    [
      'sources.csv:2: template: "../x" is no template\'s name such as nhs-england-ae-monthly',
      'sources.csv:2: working_day: "61" is no whole number from 1 to 60',
      "sources.csv:3: url: is empty",
      "sources.csv:3: working_day: is empty",
    ],
  ],
];

test.each(refused)("refuses %s, and names the place", async (_, files, expected) => {
  expect(await problemsOf(files)).toEqual(expected);
});
