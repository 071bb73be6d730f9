import { describe, expect, test } from "vitest";
import { leftOut } from "../../../../test/harness/left-out.ts";
import type { ReadResult } from "../read-result.ts";
import { byKey, publishedAreHere, readAsFound, readPublished, WHOLE_FILES } from "./testing/as-published.ts";
import { type DrawnCell, type DrawnSheet, workbook } from "./testing/drawn-workbook.ts";
import { plainSheet } from "./testing/second-reader.ts";

const header = [
  ["CCG Code", "CCG Name", "Provider Code", "Provider Name", "Group Type", "Month / Year"],
  ["Referrals Received", "First Treatment", "Ended Referrals", "Finished a Course of Treatment"],
  "First Treatment within 6 weeks Finished a Course of Treatment",
  "First Treatment within 18 weeks Finished a Course of Treatment",
  ["Recovery rate", "Improvement rate", "Reliable Recovery rate"],
].flat();
const january = new Date(Date.UTC(2020, 0, 1));
const february = new Date(Date.UTC(2020, 1, 1));

type Level = "England" | "CCG" | "Provider" | "CCG/Provider";
const line = (level: Level, code: string, month: Date, ...figures: DrawnCell[]): DrawnCell[] =>
  [
    ...(level.startsWith("CCG") ? ["15X", "NHS NORTHWICK CCG"] : ["all", "all CCGs"]),
    [code, code === "all" ? "all Providers" : "NORTHWICK MIND", level, month, ...figures],
  ].flat();
const whole: DrawnCell[] = [235, 195, 210, 175, 52, 99, 45, 78, 45];
const provider = line("Provider", "QX1", january, ...whole);
const title: DrawnSheet = {
  name: "Title sheet",
  rows: [
    ...Array.from({ length: 6 }, () => []),
    ["Improving Access to Psychological Therapies (IAPT)"],
    ["Monthly time series for key measures (February 2019 to February 2020)"],
    [],
    ["Publication date: 14 May 2020"],
    ["Link to publication: http://example.invalid/iaptfeb20"],
  ],
};
const table = (...rows: DrawnCell[][]): DrawnSheet => ({
  name: "Table 1",
  rows: [
    [],
    ["Return to Contents"],
    ...Array.from({ length: 3 }, () => []),
    ["Table 1: Monthly time series of key activity, waiting times and outcome measures"],
    [],
    header,
    ...rows,
  ],
});
const constructions: DrawnSheet = {
  name: "Constructions",
  rows: [
    ["Description of measure", null, null, "Technical construction"],
    ["Referrals Received", null, null, "Count"],
  ],
};
const reading = async (...rows: DrawnCell[][]): Promise<ReadResult> =>
  readAsFound(await workbook(title, table(...rows), constructions), "feb2019_feb2020.xlsx");

describe("NHS Digital's IAPT time series", () => {
  test("gives a provider's own rows alone: England, CCGs and the parts of a provider would double them", async () => {
    const read = await reading(
      line("England", "all", january, 137647, 93098, 124318, 46212, 88.6, 98.8, 53.6, 68.4, 51.1),
      provider,
      line("CCG", "all", january, ...whole),
      line("CCG/Provider", "QX1", january, 40, 15, 35, 10, 100, 100, 58, 74, 58),
    );
    expect(read).toMatchObject({ rejected: null, problems: [], refused: 0, issued: "2020-05-14" });
    expect([...byKey(read)].map(([key, { value }]) => [key, value])).toEqual([
      ["2020-01,QX1,iapt-referrals", 235],
      ["2020-01,QX1,iapt-first-treatments", 195],
      ["2020-01,QX1,iapt-finished", 175],
      ["2020-01,QX1,iapt-6w", 52],
      ["2020-01,QX1,iapt-18w", 99],
      ["2020-01,QX1,iapt-recovery", 45],
      ["2020-01,QX1,iapt-improvement", 78],
      ["2020-01,QX1,iapt-reliable-recovery", 45],
    ]);
    expect(read.rows.at(0).row).toBe(10);
  });

  test("keeps what is suppressed, and a month without any activity, as reasons", async () => {
    const rows = byKey(
      await reading(
        line("Provider", "QX1", january, 10, 5, "*", "*", "*", 100, 71, 71, "*"),
        line("Provider", "QX1", february, "-", "-", "-", "-", "-", "-", "-", "-", "-"),
      ),
    );
    expect(rows.get("2020-01,QX1,iapt-recovery")).toMatchObject({ value: 71 });
    expect(rows.get("2020-01,QX1,iapt-reliable-recovery")).toMatchObject({ value: null, noValue: "suppressed" });
    expect(rows.get("2020-02,QX1,iapt-referrals")).toMatchObject({ value: null, noValue: "-" });
  });

  test.each([
    [10, "6w"],
    [11, "18w"],
    [12, "recovery"],
    [13, "improvement"],
    [14, "reliable-recovery"],
  ])("warns of a rate past a hundred, and keeps it out (column %s)", async (place, metric) => {
    const read = await reading(provider.with(place, 145));
    expect(read.problems).toMatchObject([{ row: 9, column: header[place], code: "out-of-range", value: "145" }]);
    expect(byKey(read).get(`2020-01,QX1,iapt-${metric}`)).toMatchObject({ value: null, noValue: "suspect" });
  });
});

if (publishedAreHere) {
  test(
    "the published time series gives every provider and month as it stands",
    async () => {
      const { bytes, read } = await readPublished("iapt-monthly/feb2019_feb2020.xlsx");
      const plain = plainSheet(bytes, "Table 1").slice(8);
      const own = plain.filter((row) => row[4] === "Provider");
      expect(read).toMatchObject({
        rejected: null,
        problems: [],
        read: 8 * own.length,
        refused: 0,
        issued: "2020-05-14",
      });
      expect(own).toHaveLength(2366);
      const rows = byKey(read);
      const columns = {
        referrals: 6,
        "first-treatments": 7,
        finished: 9,
        "6w": 10,
        "18w": 11,
        recovery: 12,
        improvement: 13,
        "reliable-recovery": 14,
      };
      for (const row of own) {
        const day = new Date(Date.UTC(1899, 11, 30 + Number(row[5])));
        for (const [metric, column] of Object.entries(columns)) {
          const cell = row[column];
          expect(rows.get(`${day.toISOString().slice(0, 7)},${row[2]},iapt-${metric}`)).toMatchObject(
            typeof cell === "number" ? { value: cell } : { value: null, noValue: cell === "*" ? "suppressed" : cell },
          );
        }
      }
    },
    WHOLE_FILES,
  );
} else {
  leftOut("the published IAPT time series", "../shared/data is not here");
}
