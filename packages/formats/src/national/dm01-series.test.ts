import { describe, expect, test } from "vitest";
import { leftOut } from "../../../../test/harness/left-out.ts";
import {
  byKey,
  count,
  csvOf,
  plainly,
  published,
  publishedAreHere,
  readAsFound,
  readPublished,
  WHOLE_FILES,
} from "./testing/as-published.ts";

const header = [
  "period",
  "region_code",
  "provider_code",
  "provider_name",
  "total_waiting_list",
  "waiting_6_plus_weeks",
  "waiting_13_plus_weeks",
  "pct_waiting_6_plus",
];
const month = (period: string, list: string, over6: string, over13: string, percent: string) => ({
  period,
  region_code: "Y58",
  provider_code: "QX1",
  provider_name: "Northwick Hospital",
  total_waiting_list: list,
  waiting_6_plus_weeks: over6,
  waiting_13_plus_weeks: over13,
  pct_waiting_6_plus: percent,
});
const reading = (...rows: Record<string, string>[]) =>
  readAsFound(csvOf(header, rows), "dm01_provider_month_series.csv");

describe("a series of diagnostic waits over months", () => {
  test("has many months in one file, and percentages as fractions", async () => {
    const read = await reading(
      month("2024-04", "795", "218", "28", "0.274214"),
      month("2024-05", "8", "2", "0", "0.25"),
    );
    expect(read).toMatchObject({ rejected: null, problems: [], read: 6, refused: 0 });
    const rows = byKey(read);
    expect(rows.get("2024-04,QX1,dm01-6w")?.value).toBe((100 * 218) / 795);
    expect(rows.get("2024-05,QX1,dm01-6w")?.value).toBe(25);
    expect(rows.get("2024-04,QX1,dm01-13w")?.value).toBe(28);
    expect(rows.get("2024-05,QX1,dm01-waiting-list")?.value).toBe(8);
  });

  test("writes 0.0 for the share of nobody, which is no share", async () => {
    const read = await reading(month("2024-04", "0", "0", "0", "0.0"));
    expect(byKey(read).get("2024-04,QX1,dm01-6w")).toMatchObject({ value: null, noValue: "denominator 0" });
    expect(read.problems).toEqual([]);
  });

  test("says that a fraction is not that of its counts", async () => {
    const read = await reading(month("2024-04", "795", "218", "28", "0.374214"));
    expect(read.problems).toMatchObject([{ row: 2, column: "pct_waiting_6_plus", code: "percent-differs" }]);
  });
});

if (!publishedAreHere) leftOut("the series of diagnostic waits", "../shared/data is not here");
else {
  test(
    "the series gives what stands in it, and April 2024 as it was published by test",
    async () => {
      const { bytes, read } = await readPublished("dm01-series/dm01_provider_month_series.csv");
      expect({ rejected: read.rejected, problems: read.problems }).toEqual({ rejected: null, problems: [] });
      const rows = byKey(read);
      const lines = plainly(bytes);
      expect(lines).toHaveLength(2193);
      expect(rows.size).toBe(3 * lines.length);
      for (const line of lines) {
        const of = (metric: string) => rows.get(`${line["period"]},${line["provider_code"]},${metric}`);
        expect(of("dm01-waiting-list")?.value).toBe(count(line["total_waiting_list"]));
        expect(of("dm01-13w")?.value).toBe(count(line["waiting_13_plus_weeks"]));
        if (line["total_waiting_list"] === "0") expect(of("dm01-6w")?.noValue).toBe("denominator 0");
        else expect(of("dm01-6w")?.value).toBeCloseTo(100 * Number(line["pct_waiting_6_plus"]), 3);
      }
      const april = await published("dm01-csv/Monthly-Diagnostics-Web-File-Provider-April-2024_GG8WA.csv");
      const byTest = byKey(await readAsFound(april.bytes, april.filename));
      for (const [key, row] of byTest) {
        if (row.metric !== "dm01-activity") expect(rows.get(key)?.value, key).toBe(row.value);
      }
    },
    WHOLE_FILES,
  );
}
