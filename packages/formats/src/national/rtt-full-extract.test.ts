import { readdir } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { leftOut } from "../../../../test/harness/left-out.ts";
import { sharedPath } from "../../../../test/harness/shared-data.ts";
import type { ReadResult } from "../read-result.ts";
import {
  byKey,
  count,
  csvOf,
  plainly,
  published,
  readAsFound,
  readPublished,
  WHOLE_FILES,
} from "./testing/as-published.ts";

const two = (week: number): string => String(week).padStart(2, "0");
const bands = [
  ...Array.from({ length: 104 }, (_, week) => `Gt ${two(week)} To ${two(week + 1)} Weeks SUM 1`),
  "Gt 104 Weeks SUM 1",
];
const codes = [
  "Period",
  ...["Provider Parent", "Provider", "Commissioner Parent", "Commissioner"].flatMap((whose) => [
    `${whose} Org Code`,
    `${whose}${whose.endsWith("Parent") ? "" : " Org"} Name`,
  ]),
  "RTT Part Type",
  "RTT Part Description",
  "Treatment Function Code",
  "Treatment Function Name",
];
const sums = ["Total", "Patients with unknown clock start date", "Total All"];
const header = [...codes, ...bands, ...sums];

const pathways = (given: Record<string, string>): Record<string, string> => ({
  Period: "RTT-June-2024",
  "Provider Parent Org Code": "QZ1",
  "Provider Parent Name": "NHS SOMEWHERE, NORTH AND SOUTH INTEGRATED CARE BOARD",
  "Provider Org Code": "QX1",
  "Provider Org Name": "NORTHWICK HOSPITALS",
  "Commissioner Org Code": "00A",
  "RTT Part Type": "Part_2",
  "RTT Part Description": "Incomplete Pathways",
  "Treatment Function Code": "C_100",
  "Treatment Function Name": "General Surgery Service",
  ...given,
});
const surgery = pathways({
  "Gt 00 To 01 Weeks SUM 1": "40",
  "Gt 17 To 18 Weeks SUM 1": "10",
  "Gt 18 To 19 Weeks SUM 1": "30",
  "Gt 51 To 52 Weeks SUM 1": "9",
  "Gt 52 To 53 Weeks SUM 1": "5",
  "Gt 65 To 66 Weeks SUM 1": "3",
  "Gt 78 To 79 Weeks SUM 1": "2",
  "Gt 104 Weeks SUM 1": "1",
  "Total All": "100",
});
const elsewhere = { ...surgery, "Commissioner Org Code": "00B", "Treatment Function Code": "C_110" };
const extract = (rows: Record<string, string>[], of: readonly string[] = header): string => csvOf(of, rows);
const reading = (text: string, name = "20240630-RTT-June-2024-full-extract.csv"): Promise<ReadResult> =>
  readAsFound(text, name);
const METRICS = ["rtt-18w", "rtt-waiting-list", "rtt-52w", "rtt-65w", "rtt-78w"];

describe("NHS England's full extract of pathways", () => {
  test("is summed over commissioners and treatment functions, five metrics a provider", async () => {
    const read = await reading(extract([surgery, elsewhere, { ...surgery, "Provider Org Code": "QX2" }]));
    expect(read).toMatchObject({ rejected: null, problems: [], read: 10, refused: 0, unchanged: 0 });
    const rows = byKey(read);
    const values = (organisation: string) =>
      METRICS.map((metric) => rows.get(`2024-06,${organisation},${metric}`)?.value);
    expect(values("QX1")).toEqual([50, 200, 22, 12, 6]);
    expect(values("QX2")).toEqual([50, 100, 11, 6, 3]);
    expect(rows.get("2024-06,QX1,rtt-18w")).toMatchObject({ numerator: 100, denominator: 200 });
  });

  test("has total rows, which are passed over, and other parts than the waiting list, which are not asked for", async () => {
    const total = { ...surgery, "Treatment Function Code": "C_999", "Treatment Function Name": "Total" };
    const completed = { ...surgery, "RTT Part Type": "Part_1A", "RTT Part Description": "Completed Pathways" };
    const decided = { ...surgery, "RTT Part Type": "Part_2A" };
    const rows = byKey(await reading(extract([surgery, total, completed, decided])));
    expect(rows.get("2024-06,QX1,rtt-waiting-list")?.value).toBe(100);
    expect(rows.size).toBe(5);
  });

  test("says that a provider's total rows are not the sum of its functions", async () => {
    const total = { ...surgery, "Treatment Function Code": "C_999", "Treatment Function Name": "Total" };
    const second = { ...total, "Commissioner Org Code": "00B", "Total All": "90" };
    const right = await reading(extract([surgery, total, elsewhere, { ...total, "Commissioner Org Code": "00B" }]));
    expect(right.problems).toEqual([]);
    const read = await reading(extract([surgery, total, elsewhere, second]));
    expect(read.problems).toMatchObject([{ column: "Total All", code: "total-differs", severity: "warning" }]);
    expect(byKey(read).get("2024-06,QX1,rtt-waiting-list")?.value).toBe(200);
  });

  test("leaves out patients of no English commissioner, as the figures by provider do", async () => {
    const rows = byKey(await reading(extract([surgery, { ...elsewhere, "Commissioner Org Code": "NONC" }])));
    expect(rows.get("2024-06,QX1,rtt-waiting-list")?.value).toBe(100);
  });

  test("takes an empty cell and NULL of a week for nobody", async () => {
    const rows = byKey(await reading(extract([{ ...surgery, "Gt 52 To 53 Weeks SUM 1": "NULL" }])));
    expect(rows.get("2024-06,QX1,rtt-52w")?.value).toBe(6);
  });

  test.each([
    ["the weeks below 51", /^Gt ([0-4]\d|50) To /],
    ["one of the weeks up to 18", /^Gt 05 /],
  ])("without %s has no share within 18 weeks, and leaves one that is known alone", async (_, lacking) => {
    const cut = header.filter((name) => !lacking.test(name));
    const read = await reading(extract([surgery], cut));
    expect(read.problems).toMatchObject([{ code: "metric-not-in-file", value: "rtt-18w", severity: "warning" }]);
    expect(byKey(read).has("2024-06,QX1,rtt-18w")).toBe(false);
    expect(byKey(read).get("2024-06,QX1,rtt-52w")?.value).toBe(11);
  });

  test.each(["Gt 52 To 53 Weeks SUM 1", "Gt 65 To 66 Weeks SUM 1", "Gt 104 Weeks SUM 1"])(
    "without the week %s has another layout: a part of the long waits would stand for all",
    async (week) => {
      const read = await reading(
        extract(
          [surgery],
          header.filter((name) => name !== week),
        ),
      );
      expect(read.rejected).toMatchObject({ code: "missing-columns" });
    },
  );

  test("is refused when its name says another month", async () => {
    const read = await reading(extract([surgery]), "20240731-RTT-July-2024-full-extract.csv");
    expect(read.rejected?.code).toBe("period-disagrees");
  });

  test("with one bad cell refuses the whole sum of that provider, not a part of it", async () => {
    const bad = { ...elsewhere, "Total All": "many" };
    const read = await reading(extract([surgery, bad, { ...surgery, "Provider Org Code": "QX2" }]));
    expect(byKey(read).has("2024-06,QX1,rtt-waiting-list")).toBe(false);
    expect(byKey(read).get("2024-06,QX2,rtt-waiting-list")?.value).toBe(100);
    expect(read.problems.map(({ row, column, code, value }) => [row, column, code, value])).toEqual(
      ["rtt-18w", "rtt-waiting-list"].map(() => [3, "Total All", "not-a-number", "many"]),
    );
    expect(read.read).toBe(read.rows.length + read.unchanged + read.refused);
  });
});

const folder = sharedPath("data/rtt-full-extract");
if (folder === null) leftOut("the published RTT full extract", "../shared/data is not here");
else {
  test(
    "the published extract sums to its own total rows, and to the file by provider",
    async () => {
      const [file = ""] = await readdir(folder);
      const { bytes, read } = await readPublished(`rtt-full-extract/${file}`);
      expect(read.rejected).toBeNull();
      // The copy in ../shared/data lacks the weeks below 51.
      expect(read.problems.map(({ code, value }) => [code, value])).toEqual([["metric-not-in-file", "rtt-18w"]]);
      const rows = byKey(read);
      const own = plainly(bytes).filter(
        (row) => row["Treatment Function Code"] === "C_999" && row["Commissioner Org Code"] !== "NONC",
      );
      const from = (row: Record<string, string>, weeks: number): number =>
        bands.slice(weeks).reduce((sum, band) => sum + count(row[band]), 0);
      const totals = Map.groupBy(own, (row) => row["Provider Org Code"]);
      expect(rows.size).toBe((METRICS.length - 1) * totals.size);
      for (const [provider, parts] of totals) {
        const total = (of: (row: Record<string, string>) => number): number =>
          parts.reduce((sum, row) => sum + of(row), 0);
        const value = (metric: string) => rows.get(`2024-06,${provider},${metric}`)?.value;
        expect(value("rtt-waiting-list"), provider).toBe(total((row) => count(row["Total All"])));
        for (const weeks of [52, 65, 78]) {
          expect(value(`rtt-${weeks}w`), provider).toBe(total((row) => from(row, weeks)));
        }
      }
      const june = await published("rtt-incomplete-provider/Incomplete-Provider-Jun24-XLSX-8M-revised.csv");
      const byProvider = byKey(await readAsFound(june.bytes, june.filename));
      for (const trust of ["RTX", "RW5", "RXL", "RXN", "RXR"]) {
        for (const metric of ["rtt-waiting-list", "rtt-52w", "rtt-65w", "rtt-78w"]) {
          const key = `2024-06,${trust},${metric}`;
          expect(rows.get(key)?.value, key).toBe(byProvider.get(key)?.value);
        }
      }
    },
    WHOLE_FILES,
  );
}
