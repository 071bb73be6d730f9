import type { Layout } from "./layout.ts";
import type { Measure } from "./metric.ts";

export interface NamedColumn {
  path: (string | number)[];
  name: string;
  /** Whether it may stand for many columns that are added up. */
  adds: boolean;
}

/** Every place of a template that names a column. */
export function columnsNamed(template: Layout): NamedColumn[] {
  const { organisation, period, metrics } = template;
  const one = (name: string, ...path: (string | number)[]): NamedColumn => ({ path, name, adds: false });
  const named: NamedColumn[] = [];
  if (organisation.from === "cell") {
    named.push(one(organisation.column, "organisation", "column"));
    if (organisation.name !== undefined) named.push(one(organisation.name, "organisation", "name"));
  }
  if (period.from === "cell") named.push(...period.columns.map((name, at) => one(name, "period", "columns", at)));
  if (period.from === "dates") named.push(one(period.first, "period", "first"), one(period.last, "period", "last"));
  for (const key of ["passOver", "keep"] as const)
    named.push(...template[key].map(({ column }, at) => one(column, key, at, "column")));
  for (const [at, { total, parts, by, columns }] of template.totals.entries()) {
    for (const [key, filters] of Object.entries({ total, parts }))
      named.push(...filters.map(({ column }, place) => one(column, "totals", at, key, place, "column")));
    if (by !== undefined) named.push(one(by, "totals", at, "by"));
    named.push(...columns.map((name, place) => ({ path: ["totals", at, "columns", place], name, adds: true })));
  }
  if (Array.isArray(metrics)) {
    for (const [at, metric] of metrics.entries()) named.push(...ofMeasure(metric, ["metrics", at]));
  } else {
    if (metrics.from === "cell") named.push(one(metrics.column, "metrics", "column"));
    named.push(...ofMeasure(metrics, ["metrics"]));
  }
  return named;
}

function ofMeasure(measure: Measure, path: (string | number)[]): NamedColumn[] {
  const named: NamedColumn[] = [];
  for (const part of ["value", "numerator", "denominator"] as const) {
    const { plus = [], minus = [] } = measure[part] ?? {};
    for (const name of [...plus, ...minus]) named.push({ path: [...path, part], name, adds: true });
  }
  for (const part of ["plan", "comment"] as const) {
    const name = measure[part];
    if (name !== undefined) named.push({ path: [...path, part], name, adds: false });
  }
  for (const [at, { column: name }] of measure.where.entries())
    named.push({ path: [...path, "where", at, "column"], name, adds: false });
  for (const [at, check] of measure.checks.entries()) {
    const place = [...path, "checks", at];
    if (check.check === "percent") named.push({ path: [...place, "column"], name: check.column, adds: false });
    if (check.check === "suspect")
      named.push(...check.all.map(({ column: name }) => ({ path: [...place, "all"], name, adds: true })));
  }
  return named;
}
