import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { leftOut } from "../../../../test/harness/left-out.ts";
import { sharedPath } from "../../../../test/harness/shared-data.ts";
import { byKey, count, csvOf, plainly, readAsFound, readPublished, WHOLE_FILES } from "./testing/as-published.ts";

const indicators = ["A7", "A8", "A10", "A25", "A26", "A31", "A32", "A34", "A37", "A53", "A140", "A144", "A145", "A146"];
const header = ["year", "month", "region", "org_code", "org_name", ...indicators];
const service = (given: Record<string, string>): Record<string, string> => ({
  year: "2023-24",
  month: "MARCH",
  region: "Y63",
  org_code: "QX8",
  org_name: "NORTHWICK AMBULANCE SERVICE NHS TRUST",
  A7: "76469",
  A8: "10613",
  A25: "487",
  A26: "841",
  A31: "1768",
  A32: "3952",
  A34: "5508",
  A37: "5835",
  A140: "43575",
  A144: "26491",
  A145: "12051",
  A146: "3869",
  ...given,
});
const reading = (...rows: Record<string, string>[]) => readAsFound(csvOf(header, rows), "AmbSYS to Mar 2024.csv");
const COLUMNS = {
  "amb-incidents": "A7",
  "amb-cat1-incidents": "A8",
  "amb-cat1-mean": "A25",
  "amb-cat1-90th": "A26",
  "amb-cat2-mean": "A31",
  "amb-cat2-90th": "A32",
  "amb-cat3-mean": "A34",
  "amb-cat4-mean": "A37",
  "amb-handovers": "A140",
  "amb-handover-30": "A145",
  "amb-handover-60": "A146",
};
const METRICS = Object.keys(COLUMNS);

describe("NHS England's ambulance system indicators", () => {
  test("are seconds and counts, eleven metrics a service and month", async () => {
    const read = await reading(service({}));
    expect(read).toMatchObject({ rejected: null, problems: [], read: 11, refused: 0 });
    const rows = byKey(read);
    expect(METRICS.map((metric) => rows.get(`2024-03,QX8,${metric}`)?.value)).toEqual([
      76469, 10613, 487, 841, 1768, 3952, 5508, 5835, 43575, 12051, 3869,
    ]);
  });

  test.each([
    ["2022-23", "APRIL", "2022-04"],
    ["2022-23", "DECEMBER", "2022-12"],
    ["2022-23", "JANUARY", "2023-01"],
    ["2019-20", "March", "2020-03"],
  ])("of %s have %s in %s", async (year, month, period) => {
    expect([...byKey(await reading(service({ year, month }))).keys()][0]).toBe(`${period},QX8,amb-incidents`);
  });

  test("pass over England and the regions, which stand among the services", async () => {
    const england = service({ region: "", org_code: "ENG", org_name: "" });
    const region = service({ org_code: "Y63", org_name: "" });
    const read = await reading(england, region, service({}));
    expect(read.read).toBe(11);
    expect(read.rows.organisations).toEqual(["QX8"]);
  });

  test("have a dash, or nothing, for what is not available: no zero", async () => {
    const read = await reading(service({ A31: "-", A8: "-", A140: "", A145: "" }));
    const rows = byKey(read);
    expect(rows.get("2024-03,QX8,amb-cat2-mean")).toMatchObject({ value: null, noValue: "-" });
    expect(rows.get("2024-03,QX8,amb-cat1-incidents")).toMatchObject({ value: null, noValue: "-" });
    expect(rows.get("2024-03,QX8,amb-handover-30")).toMatchObject({ value: null, noValue: "empty" });
    expect(rows.get("2024-03,QX8,amb-cat1-mean")?.value).toBe(487);
  });

  test("mean that nothing was reported where a mean is 0 seconds, or no call was answered", async () => {
    const read = await reading(service({ A31: "0", A32: "0", A7: "0", A8: "0" }));
    expect(byKey(read).get("2024-03,QX8,amb-incidents")).toMatchObject({ value: null, noValue: "suspect" });
    expect(byKey(read).get("2024-03,QX8,amb-cat2-mean")).toMatchObject({ value: null, noValue: "suspect" });
    expect(read.problems).toMatchObject(
      ["A7", "A8", "A31", "A32"].map((column) => ({ row: 2, column, code: "suspect", severity: "warning" })),
    );
  });
});

const data = sharedPath("data");
if (data === null) leftOut("the published ambulance indicators", "../shared/data is not here");
else {
  test(
    "80 published months give every service's figures, and the means worked out from them by others",
    async () => {
      const { bytes, read } = await readPublished("ambulance-ambsys/AmbSYS_raw_sheet_2017-08_2024-03.cut.csv");
      expect(read.rejected).toBeNull();
      expect([...new Set(read.problems.map(({ code }) => code))]).toEqual(["suspect"]);
      const services = plainly(bytes).filter((line) => line["org_name"] !== "");
      expect(services).toHaveLength(80 * 11);
      expect(read).toMatchObject({ read: 11 * services.length, refused: 0, unchanged: 0 });
      for (const [metric, column] of Object.entries(COLUMNS)) {
        const plain = services.filter((line) => /^[1-9]/.test(line[column] ?? "")).map((line) => count(line[column]));
        const own = [...read.rows].filter((row) => row.metric === metric && (row.value ?? 0) > 0);
        expect(own.length, metric).toBe(plain.length);
        expect(
          own.reduce((sum, row) => sum + (row.value ?? 0), 0),
          metric,
        ).toBe(plain.reduce((sum, one) => sum + one, 0));
      }
      for (const row of read.rows) expect(row.value).not.toBe(0);
      const rows = byKey(read);
      const expected = plainly(await readFile(`${data}/expected/ambulance_cat2_mean_minutes.csv`));
      expect(expected).toHaveLength(1200);
      const ofServices = expected.filter((line) => !/^(ENG|Y\d\d)$/.test(line["org_code"] ?? ""));
      expect(ofServices).toHaveLength(services.length);
      for (const line of ofServices) {
        const row = rows.get(`${line["period"]},${line["org_code"]},amb-cat2-mean`);
        if (line["cat2_mean_minutes"] === "") {
          const why = line["raw_seconds"] === "0" ? "suspect" : "-";
          expect(row).toMatchObject({ value: null, noValue: why });
        } else {
          expect(row?.value).toBe(Number(line["raw_seconds"]));
          expect((row?.value ?? 0) / 60).toBeCloseTo(Number(line["cat2_mean_minutes"]), 1);
        }
      }
    },
    WHOLE_FILES,
  );
}
