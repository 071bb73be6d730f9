import { describe, expect, test } from "vitest";
import { leftOut } from "../../../../test/harness/left-out.ts";
import type { ReadResult } from "../read-result.ts";
import { byKey, publishedAreHere, readAsFound, readPublished, WHOLE_FILES } from "./testing/as-published.ts";
import { type DrawnCell, type DrawnSheet, workbook } from "./testing/drawn-workbook.ts";
import { numberIn, type PlainCell, plainSheet } from "./testing/second-reader.ts";

const safeguarding = "(A) Adult safeguarding";
const services = [
  [safeguarding, "(A) Audiology", "(A) Community nursing services", "(A) Podiatry and podiatric surgery"],
  ["(CYP) Audiology", "(CYP) Community paediatric service"],
].flat();
type Waits = readonly (number | null)[];
const line = (type: string, code: string, name: string, ...waits: Waits): DrawnCell[] => [type, code, name, ...waits];

const cover = (said: Record<string, string> = {}): DrawnSheet => ({
  name: "Cover page",
  rows: Object.entries({
    Title: "Community Health Services Waiting Times",
    Period: "01 April 2024 - 31 March 2025",
    Source: "Community Health Services (CHS) SitRep",
    Basis: "Provider",
    Published: "14/11/2024",
    Revised: "-",
    ...said,
  }).map(([label, text]) => [`${label}:`, text]),
});
/** Future months are empty here; nothing of this sheet is a provider's. */
const nonSubmitters: DrawnSheet = {
  name: "Table 1",
  rows: [
    ["Number of organisations of 151 in scope that did not submit data at national, regional and ICB level"],
    ["A handful of submitters have been affected by a recent cyber incident."],
    ["Organisation Type", "Organisation Name", "Apr-24", "May-24", "Sep-24", "Oct-24", "Mar-25"],
    ["", "England", 6, 5, 2],
  ],
};
const table = (name: string, title: string, ...rows: DrawnCell[][]): DrawnSheet => ({
  name,
  rows: [
    [`${title} by service, September 2024`],
    ["Blanks indicate no organisation submitted for the service line."],
    ["Data is submitted at provider level and aggregated up to national, regional and ICB level."],
    ["* Data for adult safeguarding is only published at national level and for total waiting list."],
    ["Organisation Type", "Organisation Code", "Organisation Name", ...services],
    ...rows,
  ],
});
const all = table(
  "Table 4",
  "Total waiting list",
  line("National", "", "England", 24, 600, 90, 0, 300, 200),
  line("Region", "Y56", "LONDON", null, 600, 90, 0, 300, 200),
  line("ICB", "QX1", "NORTHWICK", null, 600, 90, 0, 300, 200),
  line("Provider", "RX1", "NORTHWICK HOSPITALS NHS TRUST", null, 500, 90, 0, 300, null),
  line("Provider", "RX2", "SOUTHWICK NHS TRUST", null, 100, null, null, null, 200),
  line("Provider", "NX3", "EASTWICK HEALTH CIC"),
);
const overAYear = table(
  "Table 4g",
  "Number waiting over 52 weeks (over 365 days)",
  line("National", "", "England", null, 7, 0, 0, 30, 20),
  line("Provider", "RX1", "NORTHWICK HOSPITALS NHS TRUST", null, 5, 0, 0, 30, null),
  line("Provider", "RX2", "SOUTHWICK NHS TRUST", null, 2, null, null, null, 20),
);
const upToAWeek = table(
  "Table 4a",
  "Number waiting 0-1 weeks (0-7 days)",
  line("Provider", "RX1", "NORTHWICK HOSPITALS NHS TRUST", null, 50, 9, 0, 3, null),
);

const name = "Community-health-services-waiting-lists-2024-25-September.xlsx";
const reading = async (sheets: DrawnSheet[], filename = name): Promise<ReadResult> =>
  readAsFound(await workbook(...sheets), filename);

describe("NHS England's community waits", () => {
  test("sums a provider's services on two sheets of many, and passes over England, regions and systems", async () => {
    const read = await reading([cover(), nonSubmitters, all, upToAWeek, overAYear]);
    expect(read).toMatchObject({ rejected: null, problems: [], refused: 0, issued: "2024-11-14" });
    const rows = byKey(read);
    const values = ["waiting-list", "adult-waiting-list", "cyp-waiting-list", "52w"].map((metric) =>
      ["RX1", "RX2"].map((code) => rows.get(`2024-09,${code},chs-${metric}`)?.value),
    );
    expect(values).toEqual([
      [890, 300],
      [590, 100],
      [300, 200],
      [35, 22],
    ]);
    expect([...new Set([...read.rows].map(({ organisation }) => organisation))]).toEqual(["RX1", "RX2", "NX3"]);
  });

  test("takes a blank for a service that is not run, and all blanks for no value", async () => {
    const rows = byKey(await reading([cover(), nonSubmitters, all, upToAWeek, overAYear]));
    expect(rows.get("2024-09,NX3,chs-waiting-list")).toMatchObject({ value: null, noValue: "empty" });
  });

  test("holds England against its providers, but for services that are published for England alone", async () => {
    const england = line("National", "", "England", 24, 600, 90, 0, 300, 200);
    for (const [place, column, value] of [
      [4, "(A) Audiology", "97"],
      [8, "(CYP) Audiology", "307"],
    ] as const) {
      const wrong = { ...all, rows: all.rows.with(5, england.with(place, 7)) };
      const read = await reading([cover(), nonSubmitters, wrong, upToAWeek, overAYear]);
      expect(read.problems, column).toMatchObject([{ row: 6, column, code: "total-differs", value }]);
    }
  });

  test("is dated by its cover, whether that is text or a date, and by a revision first", async () => {
    const revised = await reading([cover({ Revised: "13/02/2025" }), nonSubmitters, all, overAYear]);
    expect(revised.issued).toBe("2025-02-13");
    const dated = cover();
    const asDate = { ...dated, rows: dated.rows.with(4, ["Published:", new Date(Date.UTC(2024, 10, 14))]) };
    expect((await reading([asDate, nonSubmitters, all, overAYear])).issued).toBe("2024-11-14");
  });

  test("is refused under another month's name", async () => {
    const read = await reading([cover(), all, overAYear], name.replace("September", "October"));
    expect(read.rejected).toMatchObject({ code: "period-disagrees" });
  });
});

if (publishedAreHere) {
  test(
    "the published community waits agree with England's own figures",
    async () => {
      const { bytes, read } = await readPublished(`community-waits/${name}`);
      expect(read).toMatchObject({ rejected: null, problems: [], refused: 0, issued: "2024-11-14" });
      const rows = byKey(read);
      const found = (metric: string): number =>
        [...rows.values()].reduce((sum, row) => sum + (row.metric === metric ? (row.value ?? 0) : 0), 0);
      const sheets = { "chs-waiting-list": "Table 4", "chs-52w": "Table 4g" };
      for (const [metric, sheet] of Object.entries(sheets)) {
        const plain = plainSheet(bytes, sheet).slice(4);
        const headers = plain[0] ?? [];
        const alone = headers.map((header) => /safeguarding|looked after/i.test(String(header)));
        const total = (row: readonly PlainCell[]): number =>
          row.reduce<number>((sum, cell, place) => sum + (place > 2 && !alone[place] ? numberIn(cell) : 0), 0);
        const providers = plain.filter((row) => row[0] === "Provider");
        expect(providers).toHaveLength(149);
        for (const row of providers) expect(rows.get(`2024-09,${row[1]},${metric}`)?.value).toBe(total(row));
        expect(found(metric), metric).toBe(total(plain.find((row) => row[0] === "National") ?? []));
      }
      expect(found("chs-adult-waiting-list") + found("chs-cyp-waiting-list")).toBe(found("chs-waiting-list"));
    },
    WHOLE_FILES,
  );
} else {
  leftOut("the published community waits", "../shared/data is not here");
}
