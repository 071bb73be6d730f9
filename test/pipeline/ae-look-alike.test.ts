import { afterAll, beforeAll, expect, test } from "vitest";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { aeCatalogue, aeFiles } from "./ae-look-alike.ts";

interface Assessment {
  readonly metric: string;
  readonly organisation: string;
  readonly period: string;
  readonly value: number | null;
  readonly rag: string;
  readonly tier: string;
  readonly silentFor: number;
  readonly restated: boolean;
}

interface Submission {
  readonly status: string;
  readonly rows: {
    readonly read: number;
    readonly accepted: number;
    readonly unchanged: number;
    readonly refused: number;
  };
  readonly problems: readonly {
    readonly row: number;
    readonly column: string;
    readonly code: string;
    readonly value: string;
  }[];
}

let pipeline: Pipeline;
let submissions: Submission[];
let assessments: Assessment[];

beforeAll(async () => {
  pipeline = await startPipeline({ catalogue: aeCatalogue, smtp: false });
  await pipeline.put("2020-10-25T10:00:00Z");
  const ids = await pipeline.submit(...aeFiles);
  await pipeline.settle();
  submissions = await Promise.all(ids.map((id) => pipeline.api.get<Submission>(`/submissions/${id}`)));
  assessments = await pipeline.api.list<Assessment>("/assessments");
}, 60_000);
afterAll(() => pipeline.close());

const shown = (metric: string, organisation: string) =>
  assessments
    .filter((one) => one.metric === metric && one.organisation === organisation)
    .map(({ period, value, rag, tier, silentFor }) => `${period} ${value ?? "none"} ${rag} ${tier} ${silentFor}`);

test("takes 16 and 22 columns, with a byte-order mark and without, and passes over every spelling of the total", () => {
  expect(submissions.map(({ status, rows }) => [status, rows.read, rows.refused])).toEqual([
    ["accepted", 12, 0],
    ["accepted", 9, 0],
    ["accepted", 9, 0],
    ["accepted", 6, 0],
    ["accepted", 3, 0],
  ]);
});

test("keeps a zero that means not reported out, as a warning that names row and column", () => {
  const warnings = submissions.map(({ problems }) => problems.map(({ code, row }) => `${code} in row ${row}`));
  expect(warnings).toEqual([["suspect in row 3"], [], ["suspect in row 3"], [], []]);
  expect(shown("ae-4h", "ZB2")).toEqual([
    "2020-05 100 green none 0",
    "2020-06 none grey none 1",
    "2020-07 none grey none 2",
    "2020-08 none grey none 0",
    "2020-09 85 amber board 0",
  ]);
});

test("counts booked appointments and all types, restated by the later issue date", () => {
  expect(shown("ae-4h", "ZA1")).toEqual([
    "2020-04 88 amber board 0",
    "2020-05 85 amber board 0",
    "2020-06 none grey board 1",
    "2020-07 none grey board 2",
    "2020-08 91.6 green none 0",
    "2020-09 80 amber board 0",
  ]);
  const april = assessments.find(({ metric, organisation }) => metric === "ae-4h" && organisation === "ZA1");
  expect(april?.restated).toBe(true);
  expect(shown("ae-attendances", "ZA1").at(-1)).toBe("2020-09 5000 unrated none 0");
  expect(shown("ae-12h", "ZA1").map((line) => line.split(" ").slice(0, 3).join(" "))).toEqual([
    "2020-04 4 green",
    "2020-05 11 amber",
    "2020-06 none grey",
    "2020-07 none grey",
    "2020-08 9 green",
    "2020-09 10 green",
  ]);
});

test("takes no attendances at all as no value, with its reason", () => {
  expect(shown("ae-4h", "ZC3")).toEqual(["2020-08 98 green none 0", "2020-09 none grey none 1"]);
  expect(shown("ae-attendances", "ZC3")[0]).toBe("2020-04 0 unrated none 0");
});

test("goes on about a provider that ends: grey, silent, and a case for its returns", async () => {
  expect(shown("ae-12h", "ZD4")).toEqual([
    "2020-04 12 amber board 0",
    "2020-05 60 red slt 0",
    "2020-06 none grey slt 1",
    "2020-07 none grey slt 2",
    "2020-08 none grey slt 3",
    "2020-09 none grey slt 4",
  ]);
  const cases = await pipeline.api.list<{ concern: string; raisedIn: string; metrics: string[] }>(
    "/escalations?organisation=ZD4&concern=reporting&standing=true",
  );
  expect(cases.map(({ raisedIn, metrics }) => [raisedIn, ...metrics])).toEqual([
    ["2020-07", "ae-12h", "ae-4h", "ae-attendances"],
  ]);
});

test("adds the providers up to the whole country, saying whom it lacks", () => {
  const land = assessments.filter(({ metric, organisation }) => metric === "ae-attendances" && organisation === "LAND");
  const sums = land.map((one) => [one.period, one.value, (one as { missing?: string[] }).missing?.join(" ")]);
  expect(sums).toEqual([
    ["2020-04", 8500, ""],
    ["2020-05", 6999, "ZC3"],
    ["2020-06", null, ""],
    ["2020-07", null, ""],
    ["2020-08", 6050, "ZD4"],
    ["2020-09", 7000, "ZC3 ZD4"],
  ]);
});
