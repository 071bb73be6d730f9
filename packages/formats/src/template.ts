import { disagreements } from "./template/agreement.ts";
import { type Layout, layout } from "./template/layout.ts";
import { faultsOf } from "./template/template-faults.ts";

/**
 * A layout of somebody else's, as data: how its cells become canonical rows (contract section 5). Each key is described
 * where it is defined, in `template/`; `seeds/templates/README.md` teaches how to write one.
 */
export type Template = Layout;
export type { Check, Condition, TotalCheck } from "./template/check.ts";
export type { CellMeaning } from "./template/cell-meaning.ts";
export type { Measure, Metrics, Sum, TemplateMetric } from "./template/metric.ts";
export type { Notes } from "./template/notes.ts";
export type { OrganisationSource } from "./template/organisation-source.ts";
export { patternOf } from "./template/pattern.ts";
export type { PeriodSource } from "./template/period-source.ts";
export type { RowFilter } from "./template/row-filter.ts";
export type { ColumnSpec, Tell } from "./template/table.ts";
export type { TextSource } from "./template/text-source.ts";

const schema = layout.superRefine((template, check) => {
  for (const { path, message } of disagreements(template)) check.addIssue({ code: "custom", path, message });
});

/** Reads a template from what a JSON file holds; faults as "metrics[0].checks: …", or the template. */
export function parseTemplate(json: unknown): { template: Template } | { faults: string[] } {
  const parsed = schema.safeParse(json);
  if (parsed.success) return { template: parsed.data };
  return { faults: parsed.error.issues.flatMap(faultsOf) };
}
