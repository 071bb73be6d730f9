import { describe, expect, test } from "vitest";
import { leftOut } from "../../../../test/harness/left-out.ts";
import type { ReadResult } from "../read-result.ts";
import { byKey, published, publishedAreHere, readAsFound, WHOLE_FILES } from "./testing/as-published.ts";
import { type DrawnCell, type DrawnSheet, preamble, workbook } from "./testing/drawn-workbook.ts";
import { plainSheet, sumOf } from "./testing/second-reader.ts";

const about = {
  Title: "Cancelled Operations (elective only)",
  Summary: "The number of last minute cancelled elective operations in the quarter for non-clinical reasons",
  " ": null,
  Period: "Quarter 2, 2024-25 (July to September 2024)",
  Source: "NHS England - QMCO data collection",
  Basis: "Provider",
  Published: "14th November 2024",
  Revised: "-",
  Status: "Public",
};
const counts = [
  "Number of last minute elective operations cancelled for non clinical reasons",
  "Number of patients not treated within 28 days of last minute elective cancellation",
];
const line = (code: string, name: string, cancelled: number, late: number): DrawnCell[] =>
  [
    [
      null,
      code === "-" ? "-" : "Y56",
      code === "-" ? null : "LONDON COMMISSIONING REGION",
      code,
      name,
      cancelled,
      late,
    ],
  ].flat();
const excluding = line("-", "England (Excluding Independent Sector)", 150, 15);
const including = line("-", "England (Including Independent Sector)", 154, 16);
const own = [
  line("RX1", "NORTHWICK HOSPITALS NHS TRUST", 100, 10),
  line("RX2", "SOUTHWICK NHS TRUST", 50, 5),
  line("NX20", "EASTWICK SURGICAL CENTRE", 4, 1),
];
const provider = (rows: DrawnCell[][], said: Partial<Record<keyof typeof about, string>> = {}): DrawnSheet => ({
  name: "Provider",
  rows: [
    ...preamble({ ...about, ...said }),
    [],
    [null, "Guidance documents can be found here: "],
    [],
    [],
    [null, "Provider Level Data"],
    [null, "Region Code", "Region Name", "Organisation Code", "Organisation Name", ...counts],
    ...rows,
  ],
});
const regional: DrawnSheet = {
  name: "National & Regional",
  rows: [
    ...provider([]).rows.slice(0, 15),
    [null, "Region Code", "Region Name", ...counts],
    [null, "Y56", "LONDON COMMISSIONING REGION", 150, 15],
  ],
};
const notes = (...said: string[]): DrawnSheet => ({
  name: "Notes",
  rows: [...preamble(about), [], [], [], [], [], [null, "Notes"], [], ...said.map((text) => [null, text])],
});
const name = "Q2-2024-25-Cancelled-Operations.xlsx";
const reading = async (sheets: DrawnSheet[], filename = name): Promise<ReadResult> =>
  readAsFound(await workbook(...sheets), filename);

describe("NHS England's cancelled operations (QMCO)", () => {
  test("gives each provider of the quarter, passing over both rows of England", async () => {
    const read = await reading([regional, provider([excluding, including, [], ...own]), notes()]);
    expect(read).toMatchObject({ rejected: null, problems: [], read: 6, refused: 0, issued: "2024-11-14" });
    expect([...byKey(read, "quarterly")].map(([key, { value }]) => [key, value])).toEqual([
      ["2024/25 Q2,RX1,qmco-cancelled", 100],
      ["2024/25 Q2,RX1,qmco-not-28d", 10],
      ["2024/25 Q2,RX2,qmco-cancelled", 50],
      ["2024/25 Q2,RX2,qmco-not-28d", 5],
      ["2024/25 Q2,NX20,qmco-cancelled", 4],
      ["2024/25 Q2,NX20,qmco-not-28d", 1],
    ]);
  });

  test.each([
    [5, counts[0], "155"],
    [6, counts[1], "14"],
  ])(
    "holds England with the independent sector against all providers, and without it against trusts (column %s)",
    async (place, column, value) => {
      const differs = { column, code: "total-differs", value };
      const all = await reading([regional, provider([excluding, including.with(place, Number(value)), [], ...own])]);
      expect(all.problems).toMatchObject([{ row: 18, ...differs }]);
      const trusts = await reading([regional, provider([excluding.with(place, Number(value)), including, [], ...own])]);
      expect(trusts.problems).toMatchObject([{ row: 17, ...differs }]);
    },
  );

  test("reads in its notes' sentences who did not submit, and nothing into other sentences", async () => {
    const read = await reading([
      regional,
      provider([excluding, including, [], ...own]),
      notes(
        "RX9 Westwick University Healthcare NHS Trust did not submit data for Q2 2024-25.",
        "RX1 Northwick Hospitals submission only contains data up to the 24th August 2024 for Q2 2024-25.",
      ),
    ]);
    expect(read).toMatchObject({ rejected: null, problems: [], read: 8 });
    expect(byKey(read, "quarterly").get("2024/25 Q2,RX9,qmco-cancelled")).toMatchObject({
      value: null,
      noValue: "missing, named by the publisher",
    });
    expect(byKey(read, "quarterly").get("2024/25 Q2,RX1,qmco-cancelled")).toMatchObject({ value: 100, mark: null });
  });

  test("does not use a sentence that speaks of another quarter, and says so", async () => {
    const stale = notes("RX9 Westwick NHS Trust did not submit data for Q1 2024-25.");
    const read = await reading([regional, provider([excluding, including, [], ...own]), stale]);
    expect(read).toMatchObject({ read: 6, problems: [{ code: "stale-note", severity: "warning" }] });
  });

  test("is dated by its revision, where that is no dash", async () => {
    const revised = provider([excluding, including, [], ...own], { Revised: "13th February 2025" });
    expect((await reading([regional, revised])).issued).toBe("2025-02-13");
  });

  test("is refused under another quarter's name", async () => {
    const read = await reading([provider([excluding, including, [], ...own])], name.replace("Q2", "Q4"));
    expect(read.rejected).toMatchObject({ code: "period-disagrees" });
  });
});

if (publishedAreHere) {
  test.each([
    [name, "2024/25 Q2", "2024-11-14", 143, ["R1K"]],
    ["Q3-2024-25-Cancelled-Operations-65554.xlsx", "2024/25 Q3", "2025-02-13", 144, []],
  ])(
    "the published %s agrees with its own totals",
    async (file, quarter, issued, providers, missing) => {
      const { bytes } = await published(`cancelled-ops-qmco/${file}`);
      const read = await readAsFound(bytes, file);
      expect(read).toMatchObject({ rejected: null, problems: [], refused: 0, issued });
      expect(read.read).toBe(2 * (providers + missing.length));
      const rows = byKey(read, "quarterly");
      const plain = plainSheet(bytes, "Provider").slice(16);
      const [, national = []] = plain;
      const figures = plain.slice(3);
      expect(figures).toHaveLength(providers);
      for (const row of figures) {
        expect(rows.get(`${quarter},${row[3]},qmco-cancelled`)?.value).toBe(row[5]);
        expect(rows.get(`${quarter},${row[3]},qmco-not-28d`)?.value).toBe(row[6]);
      }
      expect([sumOf(figures, 5), sumOf(figures, 6)]).toEqual(national.slice(5, 7));
      const named = [...read.rows].filter(({ noValue }) => noValue === "missing, named by the publisher");
      expect([...new Set(named.map(({ organisation }) => organisation))]).toEqual(missing);
    },
    WHOLE_FILES,
  );
} else {
  leftOut("the published cancelled operations", "../shared/data is not here");
}
