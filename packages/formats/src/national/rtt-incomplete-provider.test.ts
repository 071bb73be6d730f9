import { readFile, readdir } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { leftOut } from "../../../../test/harness/left-out.ts";
import { sharedPath } from "../../../../test/harness/shared-data.ts";
import type { ReadResult } from "../read-result.ts";
import { byKey, count, csvOf, plainly, readAsFound, readPublished, WHOLE_FILES } from "./testing/as-published.ts";

const bands = [...Array.from({ length: 104 }, (_, week) => `>${week}-${week + 1}`), "104 plus"];
const totals = ["Total number of incomplete pathways", "Total within 18 weeks", "% within 18 weeks"];
const waits = ["Average (median) waiting time (in weeks)", "92nd percentile waiting time (in weeks)"];
const long = ["Total 52 plus weeks", "Total 78 plus weeks", "Total 65 plus weeks"];
const codes = ["Region Code", "Provider Code", "Provider Name", "Treatment Function Code", "Treatment Function"];
const header = [...codes, ...bands, ...totals, ...waits, ...long];

const provider = (given: Record<string, string>): Record<string, string> => ({
  "Region Code": "Y63",
  "Provider Code": "QX1",
  "Provider Name": "NORTHWICK HOSPITALS, THE",
  "Treatment Function Code": "C_999",
  "Treatment Function": "Total",
  ...given,
});
const whole = provider({
  ">0-1": "1,234",
  "Total number of incomplete pathways": "4,430",
  "Total within 18 weeks": "2,264",
  "% within 18 weeks": "51.10%",
  "Average (median) waiting time (in weeks)": "17.4",
  "92nd percentile waiting time (in weeks)": "45",
  "Total 52 plus weeks": "156",
  "Total 78 plus weeks": "-",
  "Total 65 plus weeks": "7",
});
const reading = (rows: Record<string, string>[], name = "Incomplete-Provider-Apr24-XLSX-8M.csv"): Promise<ReadResult> =>
  readAsFound(csvOf(header, rows, { blank: "-", mark: "\uFEFF" }), name);

describe("NHS England's incomplete pathways by provider", () => {
  test("gives its total row alone: the treatment functions would double it", async () => {
    const surgery = { ...whole, "Treatment Function Code": "C_100", "Treatment Function": "General Surgery Service" };
    const read = await reading([surgery, whole]);
    expect(read).toMatchObject({ rejected: null, problems: [], read: 5, refused: 0 });
    expect([...byKey(read).keys()]).toEqual(
      ["18w", "waiting-list", "52w", "65w", "78w"].map((metric) => `2024-04,QX1,rtt-${metric}`),
    );
    expect(read.rows.at(0).row).toBe(3);
  });

  test("reads thousands in quotes, 65 weeks after 78, and a dash as nobody", async () => {
    const rows = byKey(await reading([whole]));
    const value = (metric: string): number | null | undefined => rows.get(`2024-04,QX1,${metric}`)?.value;
    expect(rows.get("2024-04,QX1,rtt-18w")).toMatchObject({ numerator: 2264, denominator: 4430 });
    expect(value("rtt-18w")).toBe((100 * 2264) / 4430);
    expect(["rtt-waiting-list", "rtt-52w", "rtt-65w", "rtt-78w"].map(value)).toEqual([4430, 156, 7, 0]);
  });

  test("had other codes for treatment functions once: the total was IP999", async () => {
    const old = { ...whole, "Treatment Function Code": "IP999" };
    const read = await reading([{ ...old, "Treatment Function Code": "IP100" }, old]);
    expect(read).toMatchObject({ problems: [], read: 5 });
    expect(read.rows.at(0).row).toBe(3);
  });

  test("has no share of nobody", async () => {
    const read = await reading([whole, provider({ "Provider Code": "QX2" })]);
    expect(byKey(read).get("2024-04,QX2,rtt-18w")).toMatchObject({ value: null, noValue: "denominator 0" });
    expect(byKey(read).get("2024-04,QX2,rtt-waiting-list")).toMatchObject({ value: 0 });
  });

  test.each([
    ["Incomplete-Provider-Apr24-XLSX-8M-revised.csv", "2024-04"],
    ["Incomplete-Provider-Sep24-XLSX-9M-revised (1).csv", "2024-09"],
    ["Incomplete%20Provider%20Dec25.csv", "2025-12"],
    ["incomplete_provider_january-2025.csv", "2025-01"],
  ])("takes the month from the name %s", async (name, month) => {
    expect([...byKey(await reading([whole], name)).keys()][0]).toBe(`${month},QX1,rtt-18w`);
  });

  test.each(["Incomplete-Provider.csv", "Incomplete-Provider-Foo24.csv"])(
    "is refused under the name %s, which says no month",
    async (name) => {
      expect((await reading([whole], name)).rejected).toMatchObject({ code: "no-period" });
    },
  );

  test("says that its total is not the sum of the treatment functions, where the file has them", async () => {
    const surgery = { ...whole, "Treatment Function Code": "C_100", "Total 52 plus weeks": "155" };
    const read = await reading([surgery, whole]);
    expect(read.problems).toMatchObject([
      { row: 3, column: "Total 52 plus weeks", code: "total-differs", value: "156" },
    ]);
    expect(byKey(read).get("2024-04,QX1,rtt-52w")?.value).toBe(156);
  });

  test("says that the percentage published with its counts is not theirs, and keeps to the counts", async () => {
    const read = await reading([{ ...whole, "% within 18 weeks": "61.10%" }]);
    expect(read.problems).toMatchObject([{ row: 2, column: "% within 18 weeks", code: "percent-differs" }]);
    expect(byKey(read).get("2024-04,QX1,rtt-18w")).toMatchObject({ value: (100 * 2264) / 4430, mark: "implausible" });
  });
});

const folder = sharedPath("data/rtt-incomplete-provider");
if (folder === null) leftOut("the published RTT files by provider", "../shared/data is not here");
else {
  test(
    "all six published months give the totals that were worked out from them by others",
    async () => {
      const files = await readdir(folder);
      const reads = await Promise.all(
        files.map(async (file) => {
          const { bytes, filename, read } = await readPublished(`rtt-incomplete-provider/${file}`);
          const own = plainly(bytes).filter((row) => row["Treatment Function Code"] === "C_999");
          return { filename, read, own };
        }),
      );
      for (const { filename, read, own } of reads) {
        expect({ filename, rejected: read.rejected, problems: read.problems }).toEqual({
          filename,
          rejected: null,
          problems: [],
        });
        expect(read.read, filename).toBe(5 * own.length);
        const sum = (metric: string): number =>
          Array.from(read.rows, (row) => (row.metric === metric ? (row.value ?? 0) : 0)).reduce((a, b) => a + b);
        const plain = (column: string): number => own.reduce((total, row) => total + count(row[column]), 0);
        expect(sum("rtt-65w"), filename).toBe(plain("Total 65 plus weeks"));
        expect(sum("rtt-78w"), filename).toBe(plain("Total 78 plus weeks"));
      }
      const rows = new Map(reads.flatMap(({ read }) => [...byKey(read)]));
      const expected = plainly(await readFile(`${folder}/../expected/rtt_c999_by_provider_month.csv`));
      expect(rows.size).toBe(5 * expected.length);
      for (const line of expected) {
        const of = (metric: string) => rows.get(`${line["period"]},${line["org_code"]},${metric}`);
        expect(of("rtt-waiting-list")?.value).toBe(Number(line["incomplete"]));
        expect(of("rtt-52w")?.value).toBe(Number(line["over_52"]));
        expect(of("rtt-18w")?.numerator).toBe(Number(line["within_18"]));
        const rounded = Math.abs((of("rtt-18w")?.value ?? NaN) - Number(line["pct_within_18_calc"]));
        expect(rounded).toBeLessThanOrEqual(0.005 + 1e-9);
      }
    },
    WHOLE_FILES,
  );
}
