import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { formatPeriod } from "@signalbox/domain";
import { expect, test } from "vitest";
import type { CanonicalRow, MetricNotation } from "./canonical-row.ts";
import { loadTemplates } from "./load-templates.ts";
import { readSubmission } from "./read-submission.ts";

const data = fileURLToPath(new URL("../../../../shared/data/", import.meta.url));
const here = existsSync(`${data}ae-monthly-csv`);

const notation = (unit: "percent" | "count"): MetricNotation => ({ unit, scale: [], frequency: "monthly" });
const metrics = new Map([
  ["ae-4h", notation("percent")],
  ["ae-12h", notation("count")],
  ["ae-attendances", notation("count")],
]);

async function allPublished(): Promise<Map<string, CanonicalRow>> {
  const templates = [...(await loadTemplates()).values()].filter(({ name }) => name === "nhs-england-ae-monthly");
  const rows = new Map<string, CanonicalRow>();
  for (const filename of await readdir(`${data}ae-monthly-csv`)) {
    const bytes = await readFile(`${data}ae-monthly-csv/${filename}`);
    const now = "2024-06-20";
    const read = await readSubmission({ bytes, filename, mediaType: "text/csv", templates, named: true, metrics, now });
    expect(read.rejected, filename).toBeNull();
    expect(
      read.problems.filter(({ code }) => code !== "suspect"),
      filename,
    ).toEqual([]);
    expect(read.issued, filename).toMatch(/^202[1-4]-/);
    for (const row of read.rows)
      rows.set(`${formatPeriod(row.period, "monthly")},${row.organisation},${row.metric}`, row);
  }
  return rows;
}

if (here) {
  test("all 48 published A&E files give the values that were worked out from them by others", async () => {
    const rows = await allPublished();
    const expected = await readFile(`${data}expected/ae_all_types_incl_booked_by_provider_month.csv`, "utf8");
    const lines = expected.trim().split(/\r?\n/).slice(1);
    expect(rows.size).toBe(3 * lines.length);
    let suspect = 0;
    for (const line of lines) {
      const [month, organisation, attendances, over4, percent, , , over12] = line.split(",");
      const of = (metric: string): CanonicalRow | undefined => rows.get(`${month},${organisation},${metric}`);
      expect(of("ae-attendances")?.value, line).toBe(Number(attendances));
      expect(of("ae-12h")?.value, line).toBe(Number(over12));
      const fourHours = of("ae-4h");
      if (fourHours?.noValue === "suspect") {
        suspect++;
        expect(fourHours.numerator).toBeNull();
      } else if (Number(attendances) === 0) {
        expect(fourHours, line).toMatchObject({ value: null, noValue: "denominator 0" });
      } else {
        expect(Math.abs((fourHours?.value ?? NaN) - Number(percent)), line).toBeLessThanOrEqual(0.005 + 1e-9);
        expect(fourHours?.numerator, line).toBe(Number(attendances) - Number(over4));
      }
    }
    expect(suspect).toBe(532);
  }, 60_000);
} else {
  test("the published A&E files are left out: ../shared/data is not here", () => {
    expect(here).toBe(false);
  });
}
