import { describe, expect, test } from "vitest";
import { leftOut } from "../../../../test/harness/left-out.ts";
import type { ReadResult } from "../read-result.ts";
import {
  byKey,
  plainly,
  published,
  publishedAreHere,
  readAsFound,
  readPublished,
  WHOLE_FILES,
} from "./testing/as-published.ts";
import { type DrawnCell, workbook } from "./testing/drawn-workbook.ts";
import { numberIn, plainSheet } from "./testing/second-reader.ts";

const header = [
  ["PERIOD", "YEAR", "MONTH", "STANDARD", "ORG CODE", "STAGE/ROUTE", "TREATMENT MODALITY", "CANCER TYPE"],
  ["TOTAL TREATED", "WITHIN STANDARD", "BREACHES"],
].flat();
const april = new Date(Date.UTC(2024, 3, 1));
const may = new Date(Date.UTC(2024, 4, 1));
const every = "ALL MODALITIES";

type Counts = readonly [treated: number, within: number, breaches: number];
const day28 = (code: string, route: string, counts: Counts, month = april): DrawnCell[] =>
  [
    [month, "2024/25", month === april ? "APR" : "MAY", "28-day FDS", code, route],
    [null, "Suspected skin cancer", ...counts],
  ].flat();
const day62 = (code: string, route: string, modality: string, site: string, counts: Counts): DrawnCell[] =>
  [[april, "2024/25", "APR", "62-day Combined", code, route, modality, site, ...counts]].flat();

const name = "CWT-CRS-Apr-2024-to-May-2024-Data-Extract-Provider-Final.xlsx";
const reading = async (rows: readonly DrawnCell[][], filename = name): Promise<ReadResult> =>
  readAsFound(await workbook({ name: "CWT CRS Provider Extract", rows: [header, ...rows] }), filename);

describe("NHS England's cancer waits by provider", () => {
  test("sums sites and routes, keeps half patients, and passes over the treatments that would double them", async () => {
    const read = await reading([
      day62("QX1", "Urgent Suspected Cancer", every, "Breast", [10.5, 7, 3.5]),
      day62("QX1", "Consultant Upgrade", every, "Skin", [2, 1.5, 0.5]),
      day62("QX1", "Urgent Suspected Cancer", "Surgery", "ALL CANCERS", [10, 7, 3]),
      day62("QX1", "Urgent Suspected Cancer", "Radiotherapy", "ALL CANCERS", [2.5, 1.5, 1]),
    ]);
    expect(read).toMatchObject({ rejected: null, refused: 0 });
    const rows = byKey(read);
    expect([...rows.keys()]).toEqual(["2024-04,QX1,cancer-62d", "2024-04,QX1,cancer-62d-treated"]);
    expect(rows.get("2024-04,QX1,cancer-62d")).toMatchObject({ value: 68, numerator: 8.5, denominator: 12.5 });
    expect(rows.get("2024-04,QX1,cancer-62d-treated")).toMatchObject({ value: 12.5 });
  });

  test("sums the 31-day standard likewise, over first and subsequent treatments", async () => {
    const day31 = (stage: string, modality: string, site: string, counts: Counts): DrawnCell[] =>
      day62("QX1", stage, modality, site, counts).with(3, "31-day Combined");
    const read = await reading([
      day31("First Treatment", every, "Breast", [10, 9, 1]),
      day31("Subsequent Treatment", every, "Skin", [6, 3, 3]),
      day31("First Treatment", "Surgery", "ALL CANCERS", [10, 9, 1]),
    ]);
    expect([...byKey(read)].map(([key, { value }]) => [key, value])).toEqual([["2024-04,QX1,cancer-31d", 75]]);
  });

  test("has no treatment in the 28-day standard, and all of its rows count", async () => {
    const read = await reading([
      day28("QX1", "URGENT SUSPECTED CANCER", [300, 240, 60]),
      day28("QX1", "NATIONAL SCREENING PROGRAMME", [100, 20, 80]),
    ]);
    expect(byKey(read).get("2024-04,QX1,cancer-28d-fds")).toMatchObject({
      value: 65,
      numerator: 260,
      denominator: 400,
    });
    expect(read.rows).toHaveLength(1);
  });

  test("holds several months and organisations in any order", async () => {
    const read = await reading([
      day28("QX1", "URGENT SUSPECTED CANCER", [100, 75, 25]),
      day28("QX2", "URGENT SUSPECTED CANCER", [100, 80, 20], may),
      day28("QX1", "URGENT SUSPECTED CANCER", [100, 85, 15], may),
      day28("QX1", "NATIONAL SCREENING PROGRAMME", [100, 25, 75]),
    ]);
    expect([...byKey(read)].map(([key, { value }]) => [key, value])).toEqual([
      ["2024-04,QX1,cancer-28d-fds", 50],
      ["2024-05,QX2,cancer-28d-fds", 80],
      ["2024-05,QX1,cancer-28d-fds", 85],
    ]);
  });

  test("says which of the standards no row gives: one under another name must not vanish unsaid", async () => {
    const read = await reading([
      day28("QX1", "URGENT SUSPECTED CANCER", [100, 75, 25]),
      day62("QX1", "Screening", every, "Breast", [2, 1, 1]).with(3, "62-day (new)"),
    ]);
    expect(read.problems).toMatchObject([
      { code: "metric-not-in-file", severity: "warning", value: "cancer-31d, cancer-62d, cancer-62d-treated" },
    ]);
  });

  test("refuses an organisation's standard where one of the cells it is summed from is none", async () => {
    const broken = day28("QX1", "NATIONAL SCREENING PROGRAMME", [100, 25, 75]).with(9, "many");
    const read = await reading([
      day28("QX1", "URGENT SUSPECTED CANCER", [100, 75, 25]),
      broken,
      day28("QX2", "URGENT SUSPECTED CANCER", [100, 80, 20]),
    ]);
    expect([...byKey(read).keys()]).toEqual(["2024-04,QX2,cancer-28d-fds"]);
    expect(read).toMatchObject({ read: 2, refused: 1 });
    expect(read.problems.filter(({ severity }) => severity === "error")).toMatchObject([
      { row: 3, column: "WITHIN STANDARD", code: "not-a-number", value: "many" },
    ]);
  });
});

if (publishedAreHere) {
  test(
    "the published half year gives the 62-day figures that were worked out from it by others",
    async () => {
      const { bytes, read } = await readPublished(`cancer-cwt/${name.replace("May", "Sep")}`);
      expect(read).toMatchObject({ rejected: null, problems: [], refused: 0 });
      const rows = byKey(read);
      const of = (metric: string) => [...rows].filter(([key]) => key.endsWith(`,${metric}`));

      const { bytes: others } = await published("expected/cancer_62day_by_provider_month.csv");
      const expected = plainly(others);
      expect(of("cancer-62d")).toHaveLength(expected.length);
      for (const { period, org_code, total, within, pct } of expected) {
        const row = rows.get(`${period},${org_code},cancer-62d`);
        expect(row, `${period} ${org_code}`).toMatchObject({ numerator: Number(within), denominator: Number(total) });
        if (row?.value !== null) expect(row?.value).toBeCloseTo(Number(pct), 1);
        expect(rows.get(`${period},${org_code},cancer-62d-treated`)?.value).toBe(Number(total));
      }

      const plain = plainSheet(bytes, "CWT CRS Provider Extract").slice(1);
      for (const [metric, standard] of [
        ["cancer-28d-fds", "28-day FDS"],
        ["cancer-31d", "31-day Combined"],
      ] as const) {
        const sums = new Map<string, { treated: number; within: number }>();
        for (const row of plain) {
          if (row[3] !== standard || (row[6] !== every && standard !== "28-day FDS")) continue;
          const sum = sums.get(`${row[0]},${row[4]}`) ?? { treated: 0, within: 0 };
          sums.set(`${row[0]},${row[4]}`, sum);
          sum.treated += numberIn(row[8]);
          sum.within += numberIn(row[9]);
        }
        const shape = (treated: number | null, within: number | null): string => `${treated} ${within}`;
        expect(of(metric).map(([, { denominator, numerator }]) => shape(denominator, numerator))).toEqual(
          [...sums.values()].map(({ treated, within }) => shape(treated, within)),
        );
      }
    },
    WHOLE_FILES,
  );
} else {
  leftOut("the published cancer waits", "../shared/data is not here");
}
