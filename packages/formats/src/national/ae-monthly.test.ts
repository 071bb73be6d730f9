import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { leftOut } from "../../../../test/harness/left-out.ts";
import { sharedPath } from "../../../../test/harness/shared-data.ts";
import type { CanonicalRow } from "../canonical-row.ts";
import { byKey, csvOf, plainly, readAsFound, readPublished, WHOLE_FILES } from "./testing/as-published.ts";

// The layout's own tests are those of nhs-england-ae-monthly.test.ts.
const data = sharedPath("data");

async function allPublished(): Promise<Map<string, CanonicalRow>> {
  const rows = new Map<string, CanonicalRow>();
  for (const file of await readdir(`${data}/ae-monthly-csv`)) {
    const { filename, read } = await readPublished(`ae-monthly-csv/${file}`);
    expect(read.rejected, filename).toBeNull();
    expect(
      read.problems.filter(({ code }) => code !== "suspect"),
      filename,
    ).toEqual([]);
    expect(read.issued, filename).toMatch(/^202[1-4]-/);
    for (const [key, row] of byKey(read)) rows.set(key, row);
  }
  return rows;
}

test("is found by its header where nobody names it", async () => {
  const types = ["Type 1", "Type 2", "Other Department"];
  const header = [
    ["Period", "Org Code", "Parent Org", "Org name", "A&E attendances Other A&E Department"],
    types.slice(0, 2).map((type) => `A&E attendances ${type}`),
    types.map((type) => `Attendances over 4hrs ${type}`),
    ["Patients who have waited 12+ hrs from DTA to admission"],
  ].flat();
  const march = { Period: "MSitAE-MARCH-2024", "Org Code": "QX1", "Parent Org": "NHS ENGLAND MIDLANDS " };
  const read = await readAsFound(csvOf(header, [march], { blank: "7" }), "March-2024.csv");
  expect(read).toMatchObject({ rejected: null, problems: [] });
  expect(byKey(read).get("2024-03,QX1,ae-attendances")).toMatchObject({ value: 21 });
});

if (data === null) leftOut("the published A&E files", "../shared/data is not here");
else {
  test(
    "all 48 published A&E files give the values that were worked out from them by others",
    async () => {
      const rows = await allPublished();
      const lines = plainly(await readFile(`${data}/expected/ae_all_types_incl_booked_by_provider_month.csv`));
      expect(rows.size).toBe(3 * lines.length);
      let suspect = 0;
      for (const line of lines) {
        const key = `${line["period"]},${line["org_code"]}`;
        const attendances = Number(line["attendances_all_incl_booked"]);
        expect(rows.get(`${key},ae-attendances`)?.value, key).toBe(attendances);
        expect(rows.get(`${key},ae-12h`)?.value, key).toBe(Number(line["waits_12h_from_dta"]));
        const fourHours = rows.get(`${key},ae-4h`);
        if (fourHours?.noValue === "suspect") {
          suspect++;
          expect(fourHours.numerator).toBeNull();
        } else if (attendances === 0) {
          expect(fourHours, key).toMatchObject({ value: null, noValue: "denominator 0" });
        } else {
          const rounded = Math.abs((fourHours?.value ?? Number.NaN) - Number(line["pct_within_4h"]));
          expect(rounded, key).toBeLessThanOrEqual(0.005 + 1e-9);
          expect(fourHours?.numerator, key).toBe(attendances - Number(line["over_4h_all_incl_booked"]));
        }
      }
      expect(suspect).toBe(532);
    },
    WHOLE_FILES,
  );
}
