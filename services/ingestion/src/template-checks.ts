import type { TemplateChecks } from "@signalbox/db";
import type { ValueChecks } from "@signalbox/domain";
import type { Template } from "@signalbox/formats";

type SaidCheck = Exclude<Template["metrics"], readonly unknown[]>["checks"][number];

/**
 * What a template asks of values beside their history, by metric. A range it gives was looked at as the file was read, so
 * that the metric's own is not asked any more: the template beats the metric. `given` are the metrics that the file gives,
 * of which a template that finds them in the file's cells says one thing.
 */
export function templateChecks(template: Template | null, given: readonly string[]): TemplateChecks {
  if (template === null) return {};
  const { metrics } = template;
  const measures = Array.isArray(metrics) ? metrics : given.map((metric) => ({ metric, checks: metrics.checks }));
  const said = measures.flatMap(({ metric, checks }) => {
    const asked = Object.assign({}, ...checks.map(beside)) as Partial<ValueChecks>;
    return Object.keys(asked).length === 0 ? [] : [[metric, asked] as const];
  });
  return Object.fromEntries(said);
}

function beside(check: SaidCheck): Partial<ValueChecks> {
  switch (check.check) {
    case "range":
      return { range: null };
    case "jump":
      return { jump: { times: check.times, outcome: check.then } };
    case "sudden-zero":
      return { zero: { after: check.after, outcome: check.then } };
    case "percent":
    case "suspect":
    case "capped":
      return {};
    default:
      throw new TypeError(`There is no check ${String(check satisfies never)}.`);
  }
}
