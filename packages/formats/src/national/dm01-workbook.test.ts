import { describe, expect, test } from "vitest";
import { leftOut } from "../../../../test/harness/left-out.ts";
import type { ReadResult } from "../read-result.ts";
import { byKey, published, publishedAreHere, readAsFound, WHOLE_FILES } from "./testing/as-published.ts";
import { asXls, type DrawnCell, type DrawnSheet, percent, preamble, workbook } from "./testing/drawn-workbook.ts";
import { numberIn, plainSheet, sumOf } from "./testing/second-reader.ts";

const about = {
  Title: "Monthly Diagnostics",
  Summary: "Waiting times and activity for Diagnostic tests and procedures",
  " ": null,
  Period: "August 2024",
  Source: "DM01, collected via SDCS",
  Basis: "Provider",
  Published: "10th October 2024",
  Revised: null,
  Status: "Published",
};
const bands = Array.from({ length: 13 }, (_, week) => `${week ? two(week) : 0} <${two(week + 1)} weeks`);
const header = [
  [null, "Regional Team Code", "Regional Team Name", "Provider Code", "Provider Name", "Total Waiting List"],
  ["Number waiting 6+ Weeks", "Number waiting 13+ Weeks", "Percentage waiting 6+ weeks", ...bands, "13+ weeks"],
  [null, "Planned tests / procedures", "Unscheduled tests / procedures"],
  "Waiting list tests / procedures (excluding planned)",
].flat();
const groups: DrawnCell[] = [null, "Provider level data"];
groups[9] = "Number of Patients Waiting at Month End";
groups[23] = "Timebands \n Waiting";
groups[24] = "Activity during month";

const line = (code: string | null, name: string, list: number, over6: number, over13: number): DrawnCell[] =>
  [
    [null, code && "Y56", code && "London Commissioning Region", code, name, list, over6, over13],
    [percent(list === 0 ? 0 : over6 / list), ...bands.map(() => 0), over13, null, 3 * over13, 2 * over13, over13],
  ].flat();
const provider = (rows: DrawnCell[][], said: Partial<Record<keyof typeof about, string>> = {}): DrawnSheet => ({
  name: "Provider",
  rows: [...preamble({ ...about, ...said }), [], [], groups, header, ...rows],
  merges: ["B13:E13", "J13:W13", "X13:X14", "Y13:AA13"],
});
/** Another grain of the same figures: to read it too would double them. */
const byTest: DrawnSheet = {
  name: "Provider by Test",
  rows: [
    ...provider([]).rows.slice(0, 13),
    header.toSpliced(5, 0, "Diagnostic ID", "Diagnostic Test Name"),
    line("QX1", "Northwick Hospitals", 500, 50, 5).toSpliced(5, 0, 1, "Magnetic Resonance Imaging"),
  ],
};
const notes = (...named: DrawnCell[][]): DrawnSheet => ({
  name: "Notes",
  hidden: true,
  rows: [
    [],
    [null, "Notes"],
    [],
    [null, "The following organisation did not submit Diagnostics (DM01) data this month:"],
    [],
    [null, "Code", "Name"],
    ...named,
  ],
});
const total = line(null, "Total", 1300, 130, 13);
const northwick = line("QX1", "Northwick Hospitals", 1000, 100, 10);
const southwick = line("QX2", "Southwick Imaging Ltd", 300, 30, 3);

const name = "Monthly-Diagnostics-Web-File-Provider-August-2024_1J4M9.xls";
const reading = async (sheets: DrawnSheet[], filename = name): Promise<ReadResult> =>
  readAsFound(asXls(await workbook(...sheets)), filename);

describe("NHS England's diagnostics workbook (.xls)", () => {
  test("gives four metrics a provider, from the sheet of totals alone, computed from counts", async () => {
    const read = await reading([provider([total, [], northwick, southwick]), byTest, notes()]);
    expect(read).toMatchObject({ rejected: null, problems: [], read: 8, refused: 0, issued: "2024-10-10" });
    expect([...byKey(read)].map(([key, { value }]) => [key, value]).slice(0, 4)).toEqual([
      ["2024-08,QX1,dm01-6w", 10],
      ["2024-08,QX1,dm01-13w", 10],
      ["2024-08,QX1,dm01-waiting-list", 1000],
      ["2024-08,QX1,dm01-activity", 60],
    ]);
    expect(read.rows.at(0)).toMatchObject({ row: 17, numerator: 100, denominator: 1000 });
  });

  test("is dated by its revision where it has one", async () => {
    const revised = provider([total, [], northwick, southwick], { Revised: "10th July 2025" });
    expect((await reading([revised, byTest, notes()])).issued).toBe("2025-07-10");
  });

  test("names in its hidden notes who did not submit; nobody is named where the heading stands alone", async () => {
    const read = await reading([
      provider([total, [], northwick, southwick]),
      byTest,
      notes([null, "QX9", "Eastwick Hospitals"]),
    ]);
    expect(byKey(read).get("2024-08,QX9,dm01-6w")).toMatchObject({
      value: null,
      noValue: "missing, named by the publisher",
      row: 7,
    });
  });

  test.each([
    [5, "Total Waiting List"],
    [6, "Number waiting 6+ Weeks"],
    [7, "Number waiting 13+ Weeks"],
    [24, "Planned tests / procedures"],
    [25, "Unscheduled tests / procedures"],
    [26, "Waiting list tests / procedures (excluding planned)"],
  ])("warns where its total is not the sum of its providers (column %s)", async (place, column) => {
    const read = await reading([provider([total.with(place, 7), [], northwick, southwick]), byTest]);
    expect(read.problems).toMatchObject([{ row: 15, column, code: "total-differs", value: "7", severity: "warning" }]);
    expect(read).toMatchObject({ rejected: null, refused: 0 });
  });

  test("warns of a percentage that its counts do not give", async () => {
    const wrong = northwick.with(8, percent(0.31));
    const read = await reading([provider([total, [], wrong, southwick]), byTest]);
    expect(read.problems).toMatchObject([
      { row: 17, column: "Percentage waiting 6+ weeks", code: "percent-differs", severity: "warning" },
    ]);
  });

  test("has no share of nobody", async () => {
    const read = await reading([provider([total, [], northwick, southwick, line("QX3", "Nobody Ltd", 0, 0, 0)])]);
    expect(byKey(read).get("2024-08,QX3,dm01-6w")).toMatchObject({ value: null, noValue: "denominator 0" });
    expect(byKey(read).get("2024-08,QX3,dm01-13w")).toMatchObject({ value: 0 });
  });

  test("is refused under another month's name", async () => {
    const read = await reading([provider([total, [], northwick, southwick])], name.replace("August", "July"));
    expect(read.rejected).toMatchObject({ code: "period-disagrees" });
    expect(read.rejected?.message).toContain("row 17 is of August 2024");
  });
});

if (publishedAreHere) {
  test.each([
    ["Monthly-Diagnostics-Web-File-Provider-April-2024_GG8WA.xls", "2024-04", "2024-06-13", 434],
    ["Monthly-Diagnostics-Web-File-Provider-June-2024_P5M0R.xls", "2024-06", "2024-08-08", 437],
    [name, "2024-08", "2024-10-10", 444],
    ["Monthly-Diagnostics-Web-File-Provider-August-2024.REVISED-2025-07-10.xls", "2024-08", "2025-07-10", 444],
  ])(
    "the published %s agrees with its own total",
    async (file, month, issued, providers) => {
      const { bytes } = await published(`dm01-xls/${file}`);
      const read = await readAsFound(bytes, file);
      expect(read).toMatchObject({ rejected: null, problems: [], read: 4 * providers, refused: 0, issued });
      const rows = byKey(read);
      const plain = plainSheet(bytes, "Provider");
      const [national = [], , ...own] = plain.slice(14);
      expect(own).toHaveLength(providers);
      for (const row of own) {
        const of = (metric: string) => rows.get(`${month},${row[3]},${metric}`);
        expect(of("dm01-waiting-list")?.value).toBe(row[5]);
        expect(of("dm01-13w")?.value).toBe(row[7]);
        expect(of("dm01-activity")?.value).toBe(numberIn(row[24]) + numberIn(row[25]) + numberIn(row[26]));
        if (row[5] === 0) expect(of("dm01-6w")).toMatchObject({ value: null, noValue: "denominator 0" });
        else expect(of("dm01-6w")?.value).toBeCloseTo(100 * numberIn(row[8]), 9);
      }
      const sum = (take: (row: ReturnType<typeof read.rows.at>) => number | null, metric: string): number =>
        Array.from(read.rows, (row) => (row.metric === metric ? (take(row) ?? 0) : 0)).reduce((a, b) => a + b);
      expect(sum(({ value }) => value, "dm01-waiting-list")).toBe(national[5]);
      expect(
        sum(({ numerator }) => numerator, "dm01-6w") +
          sumOf(
            own.filter((row) => row[5] === 0),
            6,
          ),
      ).toBe(national[6]);
      expect(sum(({ value }) => value, "dm01-13w")).toBe(national[7]);
    },
    WHOLE_FILES,
  );

  test(
    "August 2024 differs between its two issues: waits of six providers, activity of fifteen",
    async () => {
      const issues = await Promise.all(
        [name, "Monthly-Diagnostics-Web-File-Provider-August-2024.REVISED-2025-07-10.xls"].map(async (file) =>
          byKey(await readAsFound((await published(`dm01-xls/${file}`)).bytes, file)),
        ),
      );
      const [first, revised] = issues;
      const changedIn = (metrics: RegExp): number => {
        const changed = [...(first ?? [])].filter(
          ([key, row]) => metrics.test(key) && row.value !== revised?.get(key)?.value,
        );
        return new Set(changed.map(([, { organisation }]) => organisation)).size;
      };
      expect(changedIn(/dm01-(waiting-list|6w|13w)$/)).toBe(6);
      expect(changedIn(/dm01-activity$/)).toBe(15);
      expect(first?.get("2024-08,RHQ,dm01-waiting-list")?.value).toBe(20822);
      expect(revised?.get("2024-08,RHQ,dm01-waiting-list")?.value).toBe(21004);
    },
    WHOLE_FILES,
  );
} else {
  leftOut("the published diagnostics workbooks", "../shared/data is not here");
}

function two(week: number): string {
  return String(week).padStart(2, "0");
}
