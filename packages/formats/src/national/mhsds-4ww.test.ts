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

const header = [
  "REPORTING_PERIOD_START",
  "REPORTING_PERIOD_END",
  "STATUS",
  "BREAKDOWN",
  "PRIMARY_LEVEL",
  "PRIMARY_LEVEL_DESCRIPTION",
  "SECONDARY_LEVEL",
  "SECONDARY_LEVEL_DESCRIPTION",
  "MEASURE_ID",
  "MEASURE_NAME",
  "MEASURE_VALUE",
];
const measure = (id: string, value: string, given: Record<string, string> = {}): Record<string, string> => ({
  REPORTING_PERIOD_START: /^MRS(01|04|05|08|11|12)/.test(id) ? "01/02/2024" : "01/04/2024",
  REPORTING_PERIOD_END: "30/04/2024",
  STATUS: "Performance",
  BREAKDOWN: "Provider",
  PRIMARY_LEVEL: "QX1",
  PRIMARY_LEVEL_DESCRIPTION: "NORTHWICK, SOUTHWICK AND EASTWICK NHS FOUNDATION TRUST",
  SECONDARY_LEVEL: "NONE",
  SECONDARY_LEVEL_DESCRIPTION: "NONE",
  MEASURE_ID: id,
  MEASURE_NAME: "Number of referral-spells",
  MEASURE_VALUE: value,
  ...given,
});
const NAME = "MHSDS_Data_4WW_AprPerf_2024_v2.csv";
const reading = (rows: Record<string, string>[], name = NAME) => readAsFound(csvOf(header, rows), name);

/** The measures that are read, of adults and of children. */
const MEASURES = {
  MRS01: "cmh-clock-stops",
  MRS01b: "cmh-within-4w",
  MRS04: "cmh-started",
  MRS05: "cmh-closed",
  MRS02: "cmh-waiting",
  MRS02a: "cmh-104w",
  MRS02c: "cmh-78w",
  MRS02e: "cmh-52w",
  MRS03a: "cmh-median-days",
  MRS03b: "cmh-90th-days",
  MRS06: "cmh-open",
  MRS08: "cyp-clock-stops",
  MRS08b: "cyp-within-4w",
  MRS11: "cyp-started",
  MRS12: "cyp-closed",
  MRS09: "cyp-waiting",
  MRS09a: "cyp-104w",
  MRS09c: "cyp-78w",
  MRS09e: "cyp-52w",
  MRS10a: "cyp-median-days",
  MRS10b: "cyp-90th-days",
  MRS13: "cyp-open",
};

describe("NHS England's four-week waits in mental health", () => {
  test("has a row a measure; rolling three months and one month both stand for their last month", async () => {
    const rows = Object.keys(MEASURES).map((id, place) => measure(id, String(5 * place)));
    const read = await reading(rows);
    expect(read).toMatchObject({ rejected: null, problems: [], read: 22, refused: 0 });
    expect([...byKey(read)].map(([key, { value }]) => [key, value])).toEqual(
      Object.values(MEASURES).map((metric, place) => [`2024-04,QX1,mhsds-4ww-${metric}`, 5 * place]),
    );
  });

  test("passes over a rolling measure of one month, and a monthly one of three", async () => {
    const spans = ["01/02/2024", "01/04/2024"];
    const turned = Object.keys(MEASURES).map((id) => {
      const right = measure(id, "5");
      return {
        ...right,
        REPORTING_PERIOD_START: spans.find((start) => start !== right["REPORTING_PERIOD_START"]) ?? "",
      };
    });
    const read = await reading([measure("MRS01", "5"), ...turned]);
    expect(read).toMatchObject({ problems: [], read: 1, refused: 0 });
    expect([...byKey(read).keys()]).toEqual(["2024-04,QX1,mhsds-4ww-cmh-clock-stops"]);
  });

  test("keeps a star as suppressed", async () => {
    const rows = byKey(await reading([measure("MRS01b", "*"), measure("MRS08b", "18.167952")]));
    expect(rows.get("2024-04,QX1,mhsds-4ww-cmh-within-4w")).toMatchObject({ value: null, noValue: "suppressed" });
    expect(rows.get("2024-04,QX1,mhsds-4ww-cyp-within-4w")?.value).toBe(18.167952);
  });

  test("passes over England, areas where people live and parts of a provider: they count the same people again", async () => {
    const england = measure("MRS01", "19727", { BREAKDOWN: "England", PRIMARY_LEVEL: "England" });
    const area = measure("MRS01", "315", { BREAKDOWN: "ICB of GP Practice or Residence", PRIMARY_LEVEL: "QZ1" });
    const part = measure("MRS01", "3", { SECONDARY_LEVEL: "18-24", SECONDARY_LEVEL_DESCRIPTION: "Aged 18 to 24" });
    const read = await reading([england, area, part, measure("MRS01", "5")]);
    expect(Array.from(read.rows, ({ value }) => value)).toEqual([5]);
    expect(read.read).toBe(1);
  });

  test("passes over measures that no metric asks for", async () => {
    expect((await reading([measure("MRS02f", "13"), measure("MRS02e", "5")])).read).toBe(1);
  });

  test("is refused when its name says another month", async () => {
    const read = await reading([measure("MRS01", "5")], NAME.replace("Apr", "Mar"));
    expect(read.rejected?.code).toBe("period-disagrees");
    expect((await reading([measure("MRS01", "5")], "MHSDS%20Data_4WW_AprPerf_2024.csv")).rejected).toBeNull();
  });
});

if (!publishedAreHere) leftOut("the published four-week waits", "../shared/data is not here");
else {
  test.each([
    "MHSDS_Data_4WW_AprPerf_2024_v2.csv",
    "MHSDS_Data_4WW_MayPerf_2024_v2.cut.csv",
    "MHSDS_Data_4WW_JunPerf_2024_v2.cut.csv",
  ])(
    "the published %s gives each provider's measures as they stand",
    async (file) => {
      const { bytes, read } = await readPublished(`mhsds-4ww/${file}`);
      const asked = new Map(Object.entries(MEASURES));
      const lines = plainly(bytes).filter(
        (line) => line["BREAKDOWN"] === "Provider" && asked.has(line["MEASURE_ID"] ?? ""),
      );
      // The cuts hold some of the measures; what a file lacks is said once.
      const isCut = new Set(lines.map((line) => line["MEASURE_ID"])).size < asked.size;
      expect(isCut).toBe(file.includes(".cut."));
      expect(read.rejected).toBeNull();
      expect(read.problems.map(({ code }) => code)).toEqual(isCut ? ["metric-not-in-file"] : []);
      expect(lines.length).toBeGreaterThan(800);
      expect(read).toMatchObject({ read: lines.length, refused: 0, unchanged: 0 });
      const rows = byKey(read);
      for (const line of lines) {
        const [, month, year] = line["REPORTING_PERIOD_END"]?.split("/") ?? [];
        const key = `${year}-${month},${line["PRIMARY_LEVEL"]},mhsds-4ww-${asked.get(line["MEASURE_ID"] ?? "")}`;
        if (line["MEASURE_VALUE"] === "*")
          expect(rows.get(key), key).toMatchObject({ value: null, noValue: "suppressed" });
        else expect(rows.get(key)?.value, key).toBe(Number(line["MEASURE_VALUE"]));
      }
    },
    WHOLE_FILES,
  );
}
