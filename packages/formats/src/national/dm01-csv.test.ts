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

const weeks = [
  ...Array.from(
    { length: 13 },
    (_, week) => `${String(week).padStart(2, "0")} <${String(week + 1).padStart(2, "0")} weeks`,
  ),
  "13+ weeks",
].map((band) => ` ${band.replace(/^00 /, "0 ")} `);
const counts = [" Total Waiting List ", " Number waiting 6+ Weeks ", " Number waiting 13+ Weeks "];
const tests = [
  " Planned tests / procedures ",
  " Unscheduled tests / procedures ",
  " Waiting list tests / procedures (excluding planned) ",
];
const codes = [
  "Regional Team Code",
  "Regional Team Name",
  "Provider Code",
  "Provider Name",
  "Diagnostic ID",
  "Diagnostic Test Name",
];
const header = [...codes, ...counts, " Percentage waiting 6+ weeks ", ...weeks, "", ...tests];

const waiting = (given: Record<string, string>, [list, over6, over13, percent] = ["", "", "", ""]) => ({
  "Regional Team Code": "Y56",
  "Regional Team Name": "Somewhere Commissioning Region",
  "Provider Code": "QX1",
  "Provider Name": "Northwick Hospitals, The",
  " Total Waiting List ": list,
  " Number waiting 6+ Weeks ": over6,
  " Number waiting 13+ Weeks ": over13,
  " Percentage waiting 6+ weeks ": percent,
  " Planned tests / procedures ": "10",
  " Unscheduled tests / procedures ": "0",
  " Waiting list tests / procedures (excluding planned) ": "1,000",
  "": "",
  ...given,
});
const scans = { "Diagnostic ID": "1", "Diagnostic Test Name": "Magnetic Resonance Imaging" };
const total = { "Diagnostic ID": "16", "Diagnostic Test Name": "Total" };
const reading = (rows: Record<string, string>[], name = "Monthly-Diagnostics-Web-File-Provider-April-2024_GG8WA.csv") =>
  readAsFound(csvOf(header, rows, { blank: "0", mark: "\uFEFF" }), name);
const METRICS = ["dm01-6w", "dm01-13w", "dm01-waiting-list", "dm01-activity"];

describe("NHS England's diagnostic waits, provider by test", () => {
  const good = [waiting(scans, ["4,162", "400", "50", "9.60%"]), waiting(total, ["4,162", "400", "50", "9.60%"])];

  test("gives the row of test 16, which is the total of the others", async () => {
    const read = await reading(good);
    expect(read).toMatchObject({ rejected: null, problems: [], read: 4, refused: 0 });
    const rows = byKey(read);
    expect([...rows.keys()]).toEqual(METRICS.map((metric) => `2024-04,QX1,${metric}`));
    expect(METRICS.map((metric) => rows.get(`2024-04,QX1,${metric}`)?.value)).toEqual([
      (100 * 400) / 4162,
      50,
      4162,
      1010,
    ]);
  });

  test("has a percentage as text, which must be that of its counts", async () => {
    const read = await reading([good[0] ?? {}, waiting(total, ["4,162", "400", "50", "19.60%"])]);
    expect(read.problems).toMatchObject([{ row: 3, column: "Percentage waiting 6+ weeks", code: "percent-differs" }]);
  });

  test("says that a total is not the sum of its tests", async () => {
    const read = await reading([good[0] ?? {}, waiting(total, ["4,200", "400", "50", "9.50%"])]);
    expect(read.problems.map(({ code, severity }) => [code, severity])).toEqual([["total-differs", "warning"]]);
  });

  test("has no share of an empty list", async () => {
    const rows = byKey(await reading([waiting(total, ["0", "0", "0", "0.00%"])]));
    expect(rows.get("2024-04,QX1,dm01-6w")).toMatchObject({ value: null, noValue: "denominator 0" });
  });

  test.each([
    ["Monthly-Diagnostics-Web-File-Provider-August-2024.REVISED-2025-07-10.csv", "2024-08", "2025-07-10"],
    ["Monthly-Diagnostics-Web-File-Provider-August-2024_1J4M9.csv", "2024-08", null],
  ])("takes the month, and the day of a revision, from the name %s", async (name, month, issued) => {
    const read: ReadResult = await reading(good, name);
    expect([...byKey(read).keys()][0]).toBe(`${month},QX1,dm01-6w`);
    expect(read.issued).toBe(issued);
  });
});

const folder = sharedPath("data/dm01-csv");
if (folder === null) leftOut("the published diagnostic waits in CSV", "../shared/data is not here");
else {
  test(
    "the published file gives its own totals, which are the sums of its tests and those of the series",
    async () => {
      const [file = ""] = await readdir(folder);
      const { bytes, read } = await readPublished(`dm01-csv/${file}`);
      expect({ rejected: read.rejected, problems: read.problems }).toEqual({ rejected: null, problems: [] });
      const rows = byKey(read);
      const byTest = plainly(bytes).filter((row) => row["Diagnostic ID"] !== "16");
      const parts = Map.groupBy(byTest, (row) => row["Provider Code"]);
      expect(rows.size).toBe(METRICS.length * 425);
      expect(parts.size).toBe(425);
      for (const [provider, own] of parts) {
        const sum = (...columns: string[]): number =>
          own.reduce((all, row) => all + columns.reduce((part, column) => part + count(row[column]), 0), 0);
        const of = (metric: string) => rows.get(`2024-04,${provider},${metric}`);
        expect(of("dm01-waiting-list")?.value, provider).toBe(sum("Total Waiting List"));
        expect(of("dm01-13w")?.value, provider).toBe(sum("Number waiting 13+ Weeks"));
        expect(of("dm01-activity")?.value, provider).toBe(sum(...tests.map((name) => name.trim())));
        if (of("dm01-6w")?.value === null) expect(sum("Total Waiting List"), provider).toBe(0);
        else expect(of("dm01-6w")?.numerator, provider).toBe(sum("Number waiting 6+ Weeks"));
      }
    },
    WHOLE_FILES,
  );

  test(
    "April 2024 is the same by test in CSV and by provider in the workbook",
    async () => {
      const csv = await published("dm01-csv/Monthly-Diagnostics-Web-File-Provider-April-2024_GG8WA.csv");
      const workbook = await published("dm01-xls/Monthly-Diagnostics-Web-File-Provider-April-2024_GG8WA.xls");
      const byProvider = byKey(await readAsFound(workbook.bytes, workbook.filename));
      const byTest = byKey(await readAsFound(csv.bytes, csv.filename));
      const differing = [...byTest].filter(([key, { value }]) => byProvider.get(key)?.value !== value);
      expect(differing).toEqual([]);
      expect(byTest.size).toBe(METRICS.length * 425);
    },
    WHOLE_FILES,
  );
}
