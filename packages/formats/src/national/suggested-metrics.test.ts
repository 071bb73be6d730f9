import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { loadTemplates, shippedTemplates } from "../load-templates.ts";
import type { Template } from "../template.ts";
import { plainly } from "./testing/as-published.ts";

type Measure = Exclude<Template["metrics"], readonly unknown[]>;
type Part = Pick<Measure, "numerator" | "fractions" | "checks">;

const templates = [...(await loadTemplates()).values()];
const suggested = new Map(
  plainly(await readFile(`${shippedTemplates}catalogue/metrics.csv`)).map((row) => [row["code"] ?? "", row]),
);

/** Each metric that a template names, with what is said of it there. */
const named: { template: Template; metric: string; part: Part }[] = templates.flatMap((template) => {
  const { metrics } = template;
  const list = Array.isArray(metrics)
    ? metrics.map((part) => ({ metric: part.metric, part }))
    : Object.values(metrics.codes).map((metric) => ({ metric, part: metrics }));
  return list.map((one) => ({ template, ...one }));
});

test("every metric that a template names is suggested, once and with words that explain it", async () => {
  const lines = plainly(await readFile(`${shippedTemplates}catalogue/metrics.csv`));
  expect(lines).toHaveLength(suggested.size);
  expect(named.map(({ metric }) => metric).filter((metric) => !suggested.has(metric))).toEqual([]);
  expect(lines.filter(({ name, description }) => !name || !description)).toEqual([]);
});

test("every suggested metric is given by some template", () => {
  const given = new Set(named.map(({ metric }) => metric));
  expect([...suggested.keys()].filter((code) => !given.has(code))).toEqual([]);
});

test.each(templates.map((template) => [template.name, template] as const))(
  "%s takes units and frequencies for granted as they are suggested",
  (_, template) => {
    const { period } = template;
    for (const { metric, part } of named.filter((one) => one.template === template)) {
      const { unit, aggregation, frequency } = suggested.get(metric) ?? {};
      const shares = part.fractions || part.checks.some(({ check }) => check === "percent");
      if (shares) expect(unit, metric).toBe("percent");
      if (part.numerator !== undefined) expect(["percent", "rate"], metric).toContain(unit);
      if (aggregation === "ratio") expect(part.numerator, `${metric} is a ratio for a parent`).toBeDefined();
      if ("quarterBy" in period && period.quarterBy === "last-month") expect(frequency, metric).toBe("quarterly");
    }
  },
);
