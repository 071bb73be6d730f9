import { describe, expect, test } from "vitest";
import { leftOut } from "../../../../test/harness/left-out.ts";
import {
  byKey,
  csvOf,
  plainly,
  publishedAreHere,
  readAsFound,
  readPublished,
  WHOLE_FILES,
} from "./testing/as-published.ts";

const beds = "general_acute_on_beds";
const header = ["year", "period_end", "org_code", "org_name", `${beds}_available`, `${beds}_occupied`];
const whole = [...header, `${beds}_percent_occupied`];
const trust = (given: Record<string, string> = {}): Record<string, string> => ({
  year: "2010",
  period_end: "June",
  org_code: "QX1",
  org_name: "NORTHWICK PCT",
  [`${beds}_available`]: "57.0879120879121",
  [`${beds}_occupied`]: "52.5164835164835",
  [`${beds}_percent_occupied`]: "0.919923002887392",
  ...given,
});
const reading = (...rows: Record<string, string>[]) => readAsFound(csvOf(whole, rows), "kh03_2010-2019.csv");
const METRICS = ["kh03-ga-occupancy", "kh03-ga-beds-available", "kh03-ga-beds-occupied"];

describe("the history of beds open overnight", () => {
  test("gives beds with decimals, and occupancy of its two averages", async () => {
    const read = await reading(trust());
    expect(read).toMatchObject({ rejected: null, problems: [], read: 3, refused: 0 });
    const rows = byKey(read, "quarterly");
    expect(METRICS.map((metric) => rows.get(`2010/11 Q1,QX1,${metric}`)?.value)).toEqual([
      (100 * 52.5164835164835) / 57.0879120879121,
      57.0879120879121,
      52.5164835164835,
    ]);
  });

  test.each([
    ["2010", "September", "2010/11 Q2"],
    ["2010", "December", "2010/11 Q3"],
    ["2011", "March", "2010/11 Q4"],
    ["2019", "June", "2019/20 Q1"],
  ])("of %s names its quarter by the last month, %s, in %s", async (year, period_end, quarter) => {
    const rows = byKey(await reading(trust({ year, period_end })), "quarterly");
    expect([...rows.keys()][0]).toBe(`${quarter},QX1,kh03-ga-occupancy`);
  });

  test("refuses a month that ends no quarter", async () => {
    const read = await reading(trust(), trust({ org_code: "QX2", period_end: "May" }));
    expect(read.refused).toBe(3);
    expect(read.problems).toMatchObject([{ row: 3, code: "bad-period" }]);
  });

  test("passes over England, whose code is NA", async () => {
    const read = await reading(trust({ org_code: "NA", org_name: "ENGLAND" }), trust());
    expect(read.read).toBe(3);
  });

  test("has no occupancy of no beds, which stands as NA", async () => {
    const none = { [`${beds}_available`]: "0", [`${beds}_occupied`]: "0", [`${beds}_percent_occupied`]: "NA" };
    const read = await reading(trust(none));
    const rows = byKey(read, "quarterly");
    expect(rows.get("2010/11 Q1,QX1,kh03-ga-occupancy")).toMatchObject({ value: null, noValue: "denominator 0" });
    expect(rows.get("2010/11 Q1,QX1,kh03-ga-beds-available")?.value).toBe(0);
    expect(read.problems).toEqual([]);
  });

  test("says that a published fraction is not that of its beds", async () => {
    const read = await reading(trust({ [`${beds}_percent_occupied`]: "0.82" }));
    expect(read.problems).toMatchObject([{ row: 2, column: `${beds}_percent_occupied`, code: "percent-differs" }]);
  });
});

if (!publishedAreHere) leftOut("the published history of beds", "../shared/data is not here");
else {
  test(
    "39 published quarters sum to England's own rows",
    async () => {
      const { bytes, read } = await readPublished("beds-kh03/kh03_ga_overnight_quarterly.2010-2019.csv");
      expect({ rejected: read.rejected, problems: read.problems }).toEqual({ rejected: null, problems: [] });
      const lines = plainly(bytes);
      const england = lines.filter((line) => line["org_name"] === "ENGLAND");
      expect(england).toHaveLength(39);
      expect(read).toMatchObject({ read: 3 * (lines.length - england.length), refused: 0, unchanged: 0 });
      const quarter: Record<string, string> = { March: "Q4", June: "Q1", September: "Q2", December: "Q3" };
      const rows = Map.groupBy(byKey(read, "quarterly"), ([key, { metric }]) => `${key.split(",")[0]},${metric}`);
      for (const line of england) {
        const end = line["period_end"] ?? "";
        const start = Number(line["year"]) - (end === "March" ? 1 : 0);
        const period = `${start}/${String((start + 1) % 100).padStart(2, "0")} ${quarter[end]}`;
        for (const part of ["available", "occupied"]) {
          const own = rows.get(`${period},kh03-ga-beds-${part}`) ?? [];
          const sum = own.reduce((total, [, row]) => total + (row.value ?? 0), 0);
          expect(sum, `${period} ${part}`).toBeCloseTo(Number(line[`${beds}_${part}`]), 5);
        }
      }
    },
    WHOLE_FILES,
  );
}
