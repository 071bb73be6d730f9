import { readFile } from "node:fs/promises";
import { formatPeriod } from "@signalbox/domain";
import { expect, test } from "vitest";
import type { MetricNotation } from "../canonical-row.ts";
import { shippedTemplates } from "../load-templates.ts";
import { parseTemplate } from "../template.ts";
import { reading } from "../testing.ts";

const metrics = new Map<string, MetricNotation>([
  ["bed-occupancy", { unit: "percent", scale: [], frequency: "monthly" }],
  ["beds-open", { unit: "count", scale: [], frequency: "monthly" }],
]);

test("the template that the README teaches reads its file as the README says", async () => {
  const readme = await readFile(`${shippedTemplates}README.md`, "utf8");
  const block = (kind: string): string => new RegExp(`\`\`\`${kind}\n(.*?)\`\`\``, "s").exec(readme)?.[1] ?? "";
  const parsed = parseTemplate(JSON.parse(block("json")));
  const template = "template" in parsed ? parsed.template : null;
  expect("faults" in parsed ? parsed.faults : []).toEqual([]);
  const found = await reading(block("csv"), { template, metrics, now: "2025-07-10" });
  const rows = Array.from(found.rows, ({ period, organisation, metric, value, noValue, mark }) =>
    [
      formatPeriod(period, "monthly"),
      organisation,
      metric,
      value ?? `none: ${noValue}`,
      mark === null ? "" : `marked ${mark}`,
    ]
      .join(" ")
      .trim(),
  );
  const warnings = found.problems.map(
    ({ severity, code, row, column, value }) => `${severity} ${code} in row ${row}, ${column}: ${value}`,
  );
  expect([...rows, ...warnings, ""].join("\n")).toBe(block("text"));
  expect(found.issued).toBe("2025-06-12");
});
