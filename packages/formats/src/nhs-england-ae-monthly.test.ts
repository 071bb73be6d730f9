import { formatPeriod } from "@signalbox/domain";
import { beforeAll, describe, expect, test } from "vitest";
import type { ReadResult } from "./read-result.ts";
import { loadTemplates } from "./load-templates.ts";
import type { Template } from "./template.ts";
import { reading } from "./testing.ts";

const attendances = ["Type 1", "Type 2", "Other A&E Department"].map((type) => `A&E attendances ${type}`);
const bookedAttendances = ["Type 1", "Type 2", "Other Department"].map(
  (type) => `A&E attendances Booked Appointments ${type}`,
);
const over = ["Type 1", "Type 2", "Other Department"].map((type) => `Attendances over 4hrs ${type}`);
const bookedOver = ["Type 1", "Type 2", "Other Department"].map(
  (type) => `Attendances over 4hrs Booked Appointments ${type}`,
);
const rest = [
  "Patients who have waited 4-12 hs from DTA to admission",
  "Patients who have waited 12+ hrs from DTA to admission",
  "Emergency admissions via A&E - Type 1",
  "Emergency admissions via A&E - Type 2",
  "Emergency admissions via A&E - Other A&E department",
  "Other emergency admissions",
];
const codes = ["Period", "Org Code", "Parent Org", "Org name"];
const sixteen = [...codes, ...attendances, ...over, ...rest].join(",");
const twentyTwo = [...codes, ...attendances, ...bookedAttendances, ...over, ...bookedOver, ...rest].join(",");

let template: Template | null = null;
beforeAll(async () => {
  template = (await loadTemplates()).get("nhs-england-ae-monthly") ?? null;
});

const published = (lines: string[], filename = "AandE-revised-130624-zz9.csv"): Promise<ReadResult> =>
  reading([...lines, ""].join("\r\n"), { template, filename });
const where = 'NHS ENGLAND SOMEWHERE ,"NORTHWICK HOSPITALS, THE"';

describe("NHS England's monthly A&E file", () => {
  test("gives three metrics a row, booked appointments included", async () => {
    const read = await published([
      twentyTwo,
      `MSitAE-MARCH-2024,QX1,${where},900,50,30,10,5,5,180,4,3,2,1,0,77,12,1,2,3,4`,
    ]);
    expect(read).toMatchObject({ rejected: null, problems: [], read: 3, refused: 0, issued: "2024-06-13" });
    expect([...read.rows]).toMatchObject([
      { row: 2, organisation: "QX1", metric: "ae-4h", value: (100 * 810) / 1000, numerator: 810, denominator: 1000 },
      { row: 2, metric: "ae-12h", value: 12, numerator: null },
      { row: 2, metric: "ae-attendances", value: 1000 },
    ]);
    expect(formatPeriod(read.rows.at(0).period, "monthly")).toBe("2024-03");
  });

  test("had 16 columns before August 2020, and may begin with a byte-order mark", async () => {
    const read = await published([`\uFEFF${sixteen}`, `MSitAE-APRIL-2020,QX1,${where},100,0,100,10,0,0,7,1,0,0,0,0`]);
    expect(Array.from(read.rows, ({ value }) => value)).toEqual([95, 1, 200]);
    expect(read.problems).toEqual([]);
  });

  test("had other headers before 2019", async () => {
    const header = sixteen
      .replaceAll("A&E attendances", "Number of A&E attendances")
      .replaceAll("Attendances over", "Number of attendances over");
    const old = header.replace("over 4hrs Other Department", "over 4hrs Other A&E Department");
    const read = await published([old, `MSitAE-MAY-2018,QX1,${where},100,0,100,10,0,0,7,1,0,0,0,0`]);
    expect(Array.from(read.rows, ({ value }) => value)).toEqual([95, 1, 200]);
  });

  test.each(["TOTAL", "Total", "TOTAl", "TOTAL ", " Total "])(
    "passes over the total row spelled %j, whose period is the word",
    async (total) => {
      const read = await published([
        sixteen,
        `MSitAE-MAY-2020,QX1 ,${where},1,0,0,0,0,0,0,0,0,0,0,0`,
        `${[total, total, total, total].join(",")}${",9".repeat(12)}`,
      ]);
      expect(read).toMatchObject({ read: 3, refused: 0, problems: [] });
      expect(read.rows.at(0).organisation).toBe("QX1");
    },
  );

  test("says why there is no share of no attendances", async () => {
    const read = await published([sixteen, `MSitAE-MAY-2020,QX1,${where},0,0,0,0,0,0,0,0,0,0,0,0`]);
    expect([...read.rows]).toMatchObject([
      { metric: "ae-4h", value: null, noValue: "denominator 0" },
      { value: 0 },
      { value: 0 },
    ]);
  });

  test("is suspect where 1,000 or more came to type 1 and none waited over four hours", async () => {
    const read = await published([
      sixteen,
      `MSitAE-MAY-2020,QX1,${where},1000,0,0,0,0,0,0,3,0,0,0,0`,
      `MSitAE-MAY-2020,QX2,${where},999,0,0,0,0,0,0,3,0,0,0,0`,
    ]);
    expect([...read.rows].filter(({ metric }) => metric === "ae-4h")).toMatchObject([
      { organisation: "QX1", value: null, noValue: "suspect", numerator: null, denominator: null },
      { organisation: "QX2", value: 100 },
    ]);
    expect(read.problems).toMatchObject([
      { row: 2, column: "Attendances over 4hrs Type 1", code: "suspect", value: "0", severity: "warning" },
    ]);
    expect(read).toMatchObject({ read: 6, refused: 0 });
  });

  test("refuses a row with a bad cell for the metrics that use it", async () => {
    const read = await published([sixteen, `MSitAE-MAY-2020,QX1,${where},many,0,0,0,0,0,0,3,0,0,0,0`]);
    expect(read).toMatchObject({ read: 3, refused: 2 });
    expect([...read.rows]).toMatchObject([{ metric: "ae-12h", value: 3 }]);
    expect(read.problems).toHaveLength(1);
    expect(read.problems[0]).toMatchObject({
      row: 2,
      column: "A&E attendances Type 1",
      code: "not-a-number",
      value: "many",
    });
  });

  test.each([
    ["MAY-2020", "bad-period"],
    ["MSitAE-MAI-2020", "bad-period"],
    ["MSitAE-MAY-2024", "future-period"],
  ])("refuses a row of %s as %s", async (period, code) => {
    const read = await published([sixteen, `${period},QX1,${where},1,0,0,0,0,0,0,3,0,0,0,0`]);
    expect(read).toMatchObject({ rejected: { code: "no-usable-row" }, read: 3, refused: 3 });
    expect(read.problems[1]).toMatchObject({ row: 2, column: "Period", code, value: period });
  });

  test("names the columns that it lacks, and reports those it does not know", async () => {
    const lacking = await published([sixteen.replace("Org Code", "Trust").replace("A&E attendances Type 2", "x")]);
    expect(lacking.rejected?.message).toMatch(/^The header in row 1 lacks "Org Code", "A&E attendances Type 2"\./);
    const more = await published([`${sixteen},Trolleys`, `MSitAE-MAY-2020,QX1,${where},1,0,0,0,0,0,0,3,0,0,0,0,8`]);
    expect(more.problems).toMatchObject([{ row: 1, column: "Trolleys", code: "unknown-column", severity: "warning" }]);
  });

  test("is no canonical file", async () => {
    expect(await published(["period,organisation,metric,value", "2024-03,QX1,ae-4h,1"])).toMatchObject({
      rejected: { code: "missing-columns" },
    });
  });

  test("without a revision in its name has no issue date", async () => {
    const row = `MSitAE-MAY-2020,QX1,${where},1,0,0,0,0,0,0,3,0,0,0,0`;
    expect((await published([sixteen, row], "May-2020.csv")).issued).toBeNull();
    expect((await published([sixteen, row], "May-2020-revised-310221-a.csv")).issued).toBeNull();
  });
});
