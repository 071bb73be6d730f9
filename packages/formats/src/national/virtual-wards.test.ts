import { readdir } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { leftOut } from "../../../../test/harness/left-out.ts";
import { sharedPath } from "../../../../test/harness/shared-data.ts";
import type { ReadResult } from "../read-result.ts";
import { byKey, published, readAsFound, WHOLE_FILES } from "./testing/as-published.ts";
import { type DrawnCell, type DrawnSheet, percent, preamble, workbook } from "./testing/drawn-workbook.ts";
import { numberIn, plainSheet, sumOf } from "./testing/second-reader.ts";

const about = {
  Title: "Virtual Ward Capacity and Occupancy monthly statistics in England",
  " ": null,
  Summary: "Management Information: virtual ward activity",
  "  ": null,
  Month: "August 2024",
  "   ": null,
  "Data Source": "Virtual Ward Sitrep data submission ",
  DAPB4068: "Standards and collections - NHS Digital",
  Basis: "Integrated Care Board (ICB), England",
  Published: "12th September 2024",
  Revised: null,
  Status: "Published",
  Contact: "A Person -",
};
const header = [
  [null, "Region", "Region Code", "ICB code", "Name", "Virtual Ward Capacity \n(see note 1) "],
  "Virtual Ward Capacity per 100,000 GP registered population\n(see note 2) ",
  "GP registered population\n(see note 3) ",
  "Patients in a Virtual Ward\n(see notes 1 and 4) ",
  "Occupancy %\n(see note 5) ",
].flat();
const line = (code: string, name: string, capacity: number, patients: number): DrawnCell[] =>
  [
    [null, code === "-" ? "-" : "East of England", code === "-" ? "-" : "Y61", code, name],
    [capacity, 18.4, 1047011, patients, patients > capacity ? "100%*" : percent(thousandths(patients / capacity))],
  ].flat();
const england = line("-", "ENGLAND*", 500, 400);
const northwick = line("QX1", "NHS Northwick Integrated Care Board", 300, 170);
const southwick = line("QX2", "NHS Southwick Integrated Care Board", 200, 230);
const data = (rows: DrawnCell[][], said: Partial<Record<keyof typeof about, string>> = {}): DrawnSheet => ({
  name: "Virtual Ward Data",
  rows: [...preamble({ ...about, ...said }), [], header, ...rows],
});
const notes: DrawnSheet = {
  name: "Notes",
  rows: [
    ...preamble({ Title: about.Title, " ": null, Definitions: "Monthly published data for August 2024 is …" }),
    [null, 1, "Virtual Ward Capacity (number) which is also referred to as Virtual Ward 'bed' Capacity."],
    [null, "Date:", "12th September 2024"],
  ],
};
const name = "Monthly-Virtual-Ward-Aug2024.xlsx";
const reading = async (sheets: DrawnSheet[], filename = name): Promise<ReadResult> =>
  readAsFound(await workbook(...sheets), filename);

describe("NHS England's virtual wards", () => {
  test("gives each system's capacity, patients and occupancy under headers of several lines", async () => {
    const read = await reading([notes, data([england, northwick, line("QX2", "S", 200, 230).with(9, "100%*")])]);
    expect(read).toMatchObject({ rejected: null, read: 6, refused: 0, issued: "2024-09-12" });
    const rows = byKey(read);
    expect(rows.get("2024-08,QX1,vw-occupancy")).toMatchObject({
      row: 18,
      value: (100 * 170) / 300,
      numerator: 170,
      denominator: 300,
      mark: null,
    });
    expect(rows.get("2024-08,QX1,vw-capacity")?.value).toBe(300);
    expect(rows.get("2024-08,QX1,vw-patients")?.value).toBe(170);
  });

  test("shows what a capped 100%* hides, with a mark and a warning", async () => {
    const read = await reading([notes, data([england, northwick, southwick])]);
    expect(byKey(read).get("2024-08,QX2,vw-occupancy")).toMatchObject({ value: 115, mark: "implausible" });
    expect(read.problems).toMatchObject([
      { row: 19, column: "Occupancy % (see note 5)", code: "capped", value: "100%*", severity: "warning" },
    ]);
  });

  test("takes ** for a system whose wards did not submit: its places stand, its patients are missing", async () => {
    const silent = southwick.with(8, "**").with(9, "**");
    const read = await reading([notes, data([england.with(8, 170), northwick, silent])]);
    expect(read).toMatchObject({ read: 6, refused: 0, problems: [] });
    const rows = byKey(read);
    const missing = { value: null, noValue: "missing, named by the publisher" };
    expect(rows.get("2024-08,QX2,vw-patients")).toMatchObject(missing);
    expect(rows.get("2024-08,QX2,vw-occupancy")).toMatchObject(missing);
    expect(rows.get("2024-08,QX2,vw-capacity")).toMatchObject({ value: 200 });
  });

  test("spells England in any way, and its total is held against the systems", async () => {
    const spelled = await reading([notes, data([england.with(4, "England"), northwick, southwick])]);
    expect(spelled.problems.map(({ code }) => code)).toEqual(["capped"]);
    for (const place of [5, 8]) {
      const wrong = await reading([notes, data([england.with(place, 510), northwick, southwick])]);
      expect(wrong.problems).toContainEqual(expect.objectContaining({ row: 17, code: "total-differs", value: "510" }));
    }
  });

  test("is dated by its revision where it has one", async () => {
    const revised = data([england, northwick, southwick], { Revised: "10th October 2024" });
    expect((await reading([notes, revised])).issued).toBe("2024-10-10");
  });

  test("is refused under another month's name", async () => {
    const read = await reading([notes, data([england, northwick, southwick])], name.replace("Aug", "Jul"));
    expect(read.rejected).toMatchObject({ code: "period-disagrees" });
  });
});

const folder = sharedPath("data/virtual-ward");

if (folder === null) leftOut("the published virtual wards", "../shared/data is not here");
else {
  test(
    "all eight published months agree with their own totals, but for what is capped",
    async () => {
      const files = await readdir(folder);
      expect(files).toHaveLength(8);
      for (const file of files) {
        const { bytes } = await published(`virtual-ward/${file}`);
        const read = await readAsFound(bytes, file);
        const plain = plainSheet(bytes, "Virtual Ward Data");
        const [national = [], ...below] = plain.slice(16);
        const own = below.filter((row) => String(row[3]).startsWith("Q"));
        expect(own, file).toHaveLength(42);
        const capped = own.flatMap((row) => (row[9] === "100%*" ? [row[3]] : []));
        expect(read, file).toMatchObject({
          rejected: null,
          read: 126,
          refused: 0,
          issued: expect.stringMatching(/^202[45]-/),
        });
        expect(
          read.problems.map(({ code }) => code),
          file,
        ).toEqual(capped.map(() => "capped"));
        const rows = [...read.rows];
        const of = (metric: string, code: unknown) =>
          rows.find((row) => row.metric === metric && row.organisation === code);
        for (const row of own) {
          expect(of("vw-capacity", row[3])?.value).toBe(row[5]);
          const silent = row[8] === "**";
          expect(of("vw-patients", row[3])).toMatchObject(
            silent ? { value: null, noValue: "missing, named by the publisher" } : { value: row[8] },
          );
          const occupancy = of("vw-occupancy", row[3]);
          expect(occupancy?.mark).toBe(capped.includes(row[3] ?? null) ? "implausible" : null);
          if (silent) expect(occupancy?.noValue).toBe("missing, named by the publisher");
          else expect(occupancy?.value).toBeCloseTo((100 * numberIn(row[8])) / numberIn(row[5]), 9);
        }
        expect([sumOf(own, 5), sumOf(own, 8)], file).toEqual([national[5], national[8]]);
      }
    },
    WHOLE_FILES,
  );
}

function thousandths(share: number): number {
  return Math.round(1000 * share) / 1000;
}
