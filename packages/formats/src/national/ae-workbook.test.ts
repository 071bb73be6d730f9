import { describe, expect, test } from "vitest";
import { leftOut } from "../../../../test/harness/left-out.ts";
import { sharedPath } from "../../../../test/harness/shared-data.ts";
import type { ReadResult } from "../read-result.ts";
import { byKey, plainly, published, readAsFound, WHOLE_FILES } from "./testing/as-published.ts";
import { asXls, type DrawnCell, type DrawnSheet, percent, preamble, workbook } from "./testing/drawn-workbook.ts";

const about = {
  Title: "A&E Attendances and Emergency Admissions",
  Summary: "A&E attendances and emergency admissions for the month, by provider",
  " ": null,
  Period: "March 2024",
  Source: "SDCS data collection - MSitAE",
  Basis: "Provider",
  Published: "11th April 2024",
  Revised: "13th June 2024",
  Status: "Public",
  Contact: "A Person",
};
const types = [
  ["Type 1 Departments - Major A&E", "Type 2 Departments - Single Specialty"],
  "Type 3 Departments - Other A&E/Minor Injury Unit",
].flat();
const until = "from arrival to admission, transfer or discharge";
const blanks = (many: number): null[] => Array<null>(many).fill(null);
const groups: DrawnCell[] = [
  [...blanks(4), "A&E attendances", ...blanks(3), `A&E attendances less than 4 hours ${until}`, ...blanks(3)],
  [`A&E attendances > 4 hours ${until}`, ...blanks(3), "Percentage of attendances within 4 hours", ...blanks(3)],
  "Emergency Admissions",
].flat();
const header: DrawnCell[] = [
  [null, "Code", "Region", "Name", ...types, "Total attendances", ...types, "Total Attendances < 4 hours"],
  [...types, "Total Attendances > 4 hours", "Percentage in 4 hours or less (all)"],
  [1, 2, 3].map((type) => `Percentage in 4 hours or less (type ${type})`),
  ["1", "2", "3 and 4"].map((type) => `Emergency Admissions via Type ${type} A&E`),
  ["Total Emergency Admissions via A&E", "Other Emergency admissions (i.e not via A&E)", "Total Emergency Admissions"],
  "Number of patients spending >4 hours from decision to admit to admission",
  "Number of patients spending >12 hours from decision to admit to admission",
].flat();

type ByType = readonly [type1: number, type2: number, type3: number];
const line = (code: string, name: string, came: ByType, over4: ByType, over12: number): DrawnCell[] => {
  const within: ByType = [came[0] - over4[0], came[1] - over4[1], came[2] - over4[2]];
  const [all, long] = [total(came), total(over4)];
  return [
    [
      null,
      code,
      code === "-" ? "-" : "NHS ENGLAND MIDLANDS ",
      name,
      ...came,
      all,
      ...within,
      all - long,
      ...over4,
      long,
    ],
    [all === 0 ? "-" : percent((all - long) / all), ...within.map((seen, type) => share(seen, came[type] ?? 0))],
    [60, 0, 3, 63, 20, 83, 15, over12],
  ].flat();
};
const northwick = line("RX1", "NORTHWICK HOSPITALS NHS TRUST", [900, 50, 50], [180, 5, 5], 12);
const southwick = line("RX2", "SOUTHWICK NHS TRUST", [2000, 0, 100], [500, 0, 10], 30);
const unit = line("NX3", "EASTWICK URGENT CARE CENTRE", [0, 0, 0], [0, 0, 0], 0);
const england = line("-", "ENGLAND", [2900, 50, 150], [680, 5, 15], 42);
const provider = (...rows: DrawnCell[][]): DrawnSheet => ({
  name: "Provider Level Data",
  rows: [...preamble(about), [], [null, "Provider Level Data"], [], groups, header, ...rows],
  merges: ["E15:H15", "I15:L15", "M15:P15", "Q15:T15", "U15:AB15"],
});
/** Systems stand under the same headers on a sheet of their own. */
const system: DrawnSheet = {
  ...provider(england, [], line("QX1", "NORTHWICK ICB", [2900, 50, 150], [680, 5, 15], 42)),
  name: "System Level Data",
};

const name = "March-2024-AE-by-provider-x1Y2z.xls";
const reading = async (sheets: DrawnSheet[], filename = name): Promise<ReadResult> => {
  const drawn = await workbook(...sheets);
  return readAsFound(filename.endsWith(".xls") ? asXls(drawn) : drawn, filename);
};

describe("NHS England's monthly A&E workbook", () => {
  test.each([name, name.replace(".xls", ".xlsx")])(
    "gives the metrics of the CSV under merged headers (%s)",
    async (file) => {
      const read = await reading([system, provider(england, [], northwick, southwick, unit)], file);
      expect(read).toMatchObject({ rejected: null, problems: [], read: 9, refused: 0, issued: "2024-06-13" });
      const rows = byKey(read);
      expect([...rows].map(([key, { value }]) => [key, value])).toEqual([
        ["2024-03,RX1,ae-4h", 81],
        ["2024-03,RX1,ae-12h", 12],
        ["2024-03,RX1,ae-attendances", 1000],
        ["2024-03,RX2,ae-4h", (100 * 1590) / 2100],
        ["2024-03,RX2,ae-12h", 30],
        ["2024-03,RX2,ae-attendances", 2100],
        ["2024-03,NX3,ae-4h", null],
        ["2024-03,NX3,ae-12h", 0],
        ["2024-03,NX3,ae-attendances", 0],
      ]);
      expect(rows.get("2024-03,NX3,ae-4h")?.noValue).toBe("denominator 0");
      expect(read.rows.at(0)).toMatchObject({ row: 19, numerator: 810, denominator: 1000 });
    },
  );

  test("keeps out what is no performance: 1,000 or more in type 1 and none over four hours", async () => {
    const pilot = line("RX2", "SOUTHWICK NHS TRUST", [2000, 0, 100], [0, 0, 10], 30);
    const read = await reading([provider(england.with(15, 200), [], northwick, pilot, unit)]);
    expect(byKey(read).get("2024-03,RX2,ae-4h")).toMatchObject({ value: null, noValue: "suspect" });
    expect(byKey(read).get("2024-03,RX2,ae-attendances")).toMatchObject({ value: 2100 });
    expect(read.problems).toMatchObject([{ row: 20, code: "suspect", severity: "warning" }]);
  });

  test("warns where England is not the sum of its providers, or a share not that of its counts", async () => {
    const read = await reading([
      provider(england.with(7, 3200), [], northwick.with(16, percent(0.9)), southwick, unit),
    ]);
    expect(read.problems).toMatchObject([
      { row: 17, column: "A&E attendances: Total attendances", code: "total-differs", value: "3200" },
      { row: 19, code: "percent-differs", value: "90%" },
    ]);
    expect(byKey(read).get("2024-03,RX1,ae-4h")).toMatchObject({ value: 81, mark: "implausible" });
  });

  test.each([
    [15, "Total Attendances > 4 hours"],
    [27, "Number of patients spending >12 hours from decision to admit to admission"],
  ])("holds England against its providers in column %s", async (place, column) => {
    const read = await reading([provider(england.with(place, 7), [], northwick, southwick, unit)]);
    expect(read.problems).toMatchObject([{ row: 17, code: "total-differs", value: "7" }]);
    expect(read.problems[0]?.column).toContain(column);
  });

  test("is dated by its first publication where it was not revised", async () => {
    const sheet = provider(england, [], northwick, southwick);
    const rows = sheet.rows.map((row) => (row[1] === "Revised:" ? [null, "Revised:", "-"] : row));
    expect((await reading([{ ...sheet, rows }])).issued).toBe("2024-04-11");
  });

  test("is refused as the edition of a whole quarter: its metrics are monthly", async () => {
    const sheet = provider(england, [], northwick, southwick);
    const rows = sheet.rows.map((row) =>
      row[1] === "Period:" ? [null, "Period:", "Quarter 1, 2023-24 (April to June 2023)"] : row,
    );
    const read = await reading([{ ...sheet, rows }], "Quarter-1-2023-24-AE-by-provider-x1Y2z.xls");
    expect(read.rejected?.code).toBe("no-period");
    expect(read.rejected?.message).toContain("Quarter 1, 2023-24");
  });

  test("is refused under another month's name", async () => {
    const read = await reading([provider(england, [], northwick, southwick)], name.replace("March", "May"));
    expect(read.rejected).toMatchObject({ code: "period-disagrees" });
  });
});

const folder = sharedPath("data/ae-monthly-csv");

if (folder === null) leftOut("the published A&E CSV drawn as a workbook", "../shared/data is not here");
else {
  test(
    "a published month, drawn as the workbook, gives what its CSV gives",
    async () => {
      const csv = await published("ae-monthly-csv/March-2024-revised-130624-abcdef123.csv");
      const rows = plainly(csv.bytes);
      const counts = (row: Record<string, string>, ...columns: string[]): number =>
        columns.reduce((sum, column) => sum + Number(row[column]), 0);
      const lines = rows.map((row) => {
        const over = (type: string): number =>
          counts(row, `Attendances over 4hrs ${type}`, `Attendances over 4hrs Booked Appointments ${type}`);
        const came = (type: string, booked = type): number =>
          counts(row, `A&E attendances ${type}`, `A&E attendances Booked Appointments ${booked}`);
        const whole = String(row["Org Code"]).trim().toLowerCase() === "total";
        return line(
          whole ? "-" : String(row["Org Code"]),
          whole ? "England" : String(row["Org name"]),
          [came("Type 1"), came("Type 2"), came("Other A&E Department", "Other Department")],
          [over("Type 1"), over("Type 2"), over("Other Department")],
          counts(row, "Patients who have waited 12+ hrs from DTA to admission"),
        );
      });
      const fromBook = await reading([provider(...lines)]);
      const fromCsv = await readAsFound(csv.bytes, csv.filename);
      const plainRows = ({ rows: read }: ReadResult): unknown[] =>
        Array.from(read, ({ row, ...rest }) => ({ ...rest, filled: row > 0 }));
      expect(fromBook).toMatchObject({ rejected: null, problems: [], issued: "2024-06-13" });
      expect(plainRows(fromBook)).toEqual(plainRows(fromCsv));
    },
    WHOLE_FILES,
  );
}

function total([type1, type2, type3]: ByType): number {
  return type1 + type2 + type3;
}

function share(seen: number, came: number): DrawnCell {
  return came === 0 ? "-" : percent(seen / came);
}
