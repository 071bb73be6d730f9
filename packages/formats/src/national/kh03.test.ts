import { describe, expect, test } from "vitest";
import { leftOut } from "../../../../test/harness/left-out.ts";
import type { ReadResult } from "../read-result.ts";
import { byKey, published, publishedAreHere, readAsFound, WHOLE_FILES } from "./testing/as-published.ts";
import { type DrawnCell, type DrawnSheet, percent, preamble, workbook } from "./testing/drawn-workbook.ts";
import { numberIn, plainSheet, sumOf } from "./testing/second-reader.ts";

const about = {
  Title: "Average daily number of available and occupied beds open overnight by sector",
  Summary: "KH03 is the collection of data to monitor available and occupied beds.\nYou are welcome to contact us.",
  " ": null,
  Period: "July to September 2024",
  Source: "NHS England: SDCS data collection - KH03",
  Basis: "Provider",
  Published: "21st November 2024",
  Revised: null,
  Status: "Public",
};
const sectors = ["Total ", "General & Acute", "Learning Disabilities", "Maternity", "Mental Illness"];
/** Helper numbers stand in row 12, a count of rows in D13, and the sectors' names come round three times. */
const header: DrawnCell[][] = [
  [],
  [...Array<null>(6).fill(null), ...Array.from({ length: 17 }, (_, place) => place + 3)],
  [null, "Provider Level Data", null, 227],
  [
    ...Array<null>(6).fill(null),
    "Available",
    ...Array<null>(5).fill(null),
    "Occupied",
    ...Array<null>(5).fill(null),
    "% Occupied",
  ],
  [null, "Year", "Period End", "Region Code", "Org Code", "Org Name", ...sectors, null, ...sectors, null, ...sectors],
];

/** Beds of two sectors; nobody here has learning disability, maternity or mental illness beds open. */
const line = (code: string | null, name: string, available: number, occupied: number): DrawnCell[] =>
  [
    [null, "2024-25", "September", code && "Y56", code, name],
    [available + 10.5, available, 0, 10.5, 0, null, occupied + 5.25, occupied, 0, 5.25, 0, null],
    [percent((occupied + 5.25) / (available + 10.5)), available === 0 ? "-" : percent(occupied / available)],
    [" -   ", percent(0.5), "-"],
  ].flat();
const beds = (rows: DrawnCell[][], said: Partial<Record<keyof typeof about, string>> = {}): DrawnSheet => ({
  name: "NHS Trust by Sector",
  rows: [...preamble({ ...about, ...said }), ...header, ...rows],
  merges: ["G14:K14", "M14:Q14", "S14:W14", "B13:D13"],
});
const quality = (...named: DrawnCell[][]): DrawnSheet => qualityOf("Q2", ...named);
const qualityOf = (quarter: string, ...named: DrawnCell[][]): DrawnSheet => ({
  name: "Data Quality",
  rows: [
    [`Data Quality KH03 ${quarter} 2024-25`],
    [],
    ["This file includes all data submitted up to 8th November 2024."],
    [],
    [],
    ["The following trusts submitted estimated returns this quarter:"],
    ["QX2", "SOUTHWICK NHS TRUST"],
    ["The following trusts did not submit and an estimate was submitted on their behalf:"],
    ...named,
  ],
});
const regions: DrawnSheet = {
  name: "Region by Sector",
  rows: beds([line("Y56", "LONDON", 125.5, 110.25)]).rows.map((row) => row.filter((_, place) => place !== 4)),
};
const england = line(null, "England", 125.5, 110.25);
const northwick = line("QX1", "NORTHWICK HOSPITALS NHS TRUST", 100.25, 90.125);
const southwick = line("QX2", "SOUTHWICK NHS TRUST", 25.25, 20.125);

const name = "Beds-Open-Overnight-Web_File-Q2-2024-25.xlsx";
const reading = async (sheets: DrawnSheet[], filename = name): Promise<ReadResult> =>
  readAsFound(await workbook(...sheets), filename);

describe("NHS England's beds open overnight (KH03)", () => {
  test("takes general and acute beds from each of the three groups that repeat its name", async () => {
    const read = await reading([quality(), beds([england, [], northwick]), regions]);
    expect(read).toMatchObject({ rejected: null, read: 3, refused: 0, issued: "2024-11-21" });
    const rows = byKey(read, "quarterly");
    expect([...rows].map(([key, { value }]) => [key, value])).toEqual([
      ["2024/25 Q2,QX1,kh03-ga-occupancy", (100 * 90.125) / 100.25],
      ["2024/25 Q2,QX1,kh03-ga-beds-available", 100.25],
      ["2024/25 Q2,QX1,kh03-ga-beds-occupied", 90.125],
    ]);
    expect(read.rows.at(0).row).toBe(18);
  });

  test("marks as estimated whoever its Data Quality sheet names, under either of its headings", async () => {
    const read = await reading([
      quality(["QX1", "NORTHWICK HOSPITALS NHS TRUST"]),
      beds([england, [], northwick, southwick, line("QX3", "WESTWICK NHS TRUST", 0, 0)]),
      regions,
    ]);
    const rows = byKey(read, "quarterly");
    expect(rows.get("2024/25 Q2,QX1,kh03-ga-occupancy")).toMatchObject({ mark: "estimated" });
    expect(rows.get("2024/25 Q2,QX2,kh03-ga-beds-occupied")).toMatchObject({ mark: "estimated", value: 20.125 });
    expect(rows.get("2024/25 Q2,QX3,kh03-ga-beds-available")).toMatchObject({ mark: null, value: 0 });
  });

  test("does not use a Data Quality sheet that was left from another quarter, and says so", async () => {
    const stale = qualityOf("Q1", ["QX1", "NORTHWICK HOSPITALS NHS TRUST"]);
    const read = await reading([stale, beds([england, [], northwick, southwick]), regions]);
    expect(read.problems).toMatchObject([{ code: "stale-note", severity: "warning" }]);
    expect([...read.rows].map(({ mark }) => mark)).toEqual(Array<null>(6).fill(null));
  });

  test("has no occupancy of no beds", async () => {
    const read = await reading([quality(), beds([england, [], northwick, southwick, line("QX3", "W", 0, 0)]), regions]);
    expect(byKey(read, "quarterly").get("2024/25 Q2,QX3,kh03-ga-occupancy")).toMatchObject({
      value: null,
      noValue: "denominator 0",
    });
    expect(read.problems).toEqual([]);
  });

  test("is dated by its own revision, not by the note that was copied from the quarter before", async () => {
    const revised = beds([england, [], northwick, southwick], { Revised: "21st May 2025" });
    expect((await reading([quality(), revised, regions])).issued).toBe("2025-05-21");
  });

  test.each([
    [7, "Available: General & Acute"],
    [13, "Occupied: General & Acute"],
  ])("warns where England is not the sum of its trusts (column %s)", async (place, column) => {
    const read = await reading([quality(), beds([england.with(place, 130), [], northwick, southwick]), regions]);
    expect(read.problems).toMatchObject([{ row: 16, column, code: "total-differs", value: "130" }]);
  });

  test("warns of an occupancy that its beds do not give, and marks it", async () => {
    const read = await reading([quality(), beds([england, [], northwick.with(19, percent(0.7)), southwick]), regions]);
    expect(read.problems).toMatchObject([
      { row: 18, column: "% Occupied: General & Acute", code: "percent-differs", value: "70%" },
    ]);
    expect(read.rows.at(0)).toMatchObject({ value: (100 * 90.125) / 100.25, mark: "implausible" });
  });

  test("is refused under another quarter's name", async () => {
    const read = await reading(
      [quality(), beds([england, [], northwick, southwick]), regions],
      name.replace("Q2", "Q3"),
    );
    expect(read.rejected).toMatchObject({ code: "period-disagrees" });
  });
});

if (publishedAreHere) {
  test.each([
    [name, "2024/25 Q2", "2024-11-21", 187, 8],
    ["Beds-Open-Overnight-Web_File-Q3-2024-25revised.xlsx", "2024/25 Q3", "2025-05-21", 185, 2],
  ])(
    "the published %s agrees with its own total",
    async (file, quarter, issued, trusts, named) => {
      const { bytes } = await published(`beds-kh03/${file}`);
      const read = await readAsFound(bytes, file);
      expect(read).toMatchObject({ rejected: null, problems: [], read: 3 * trusts, refused: 0, issued });
      const rows = byKey(read, "quarterly");
      const plain = plainSheet(bytes, "NHS Trust by Sector");
      const [national = [], , ...below] = plain.slice(15);
      const own = below.filter((row) => typeof row[4] === "string");
      const estimated = plainSheet(bytes, "Data Quality").flatMap((row) => (row[1] ? [row[0]] : []));
      expect(estimated).toHaveLength(named);
      for (const row of own) {
        const of = (metric: string) => rows.get(`${quarter},${row[4]},kh03-ga-${metric}`);
        const mark = estimated.includes(row[4] ?? null) ? "estimated" : null;
        expect(of("beds-available"), String(row[4])).toMatchObject({ value: row[7], mark });
        expect(of("beds-occupied")).toMatchObject({ value: row[13], mark });
        if (row[7] === 0) expect(of("occupancy")).toMatchObject({ value: null, noValue: "denominator 0" });
        else expect(of("occupancy")?.value).toBeCloseTo(100 * numberIn(row[19]), 9);
      }
      expect(sumOf(own, 7)).toBeCloseTo(numberIn(national[7]), 6);
      expect(sumOf(own, 13)).toBeCloseTo(numberIn(national[13]), 6);
    },
    WHOLE_FILES,
  );
} else {
  leftOut("the published beds workbooks (KH03)", "../shared/data is not here");
}
