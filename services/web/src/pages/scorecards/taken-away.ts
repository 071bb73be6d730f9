import type { Beside, ScorecardRow } from "@signalbox/db";
import { formatPeriod } from "@signalbox/domain";
import type { TableOut } from "../../way-out.ts";
import type { SpcOf } from "./row-order.ts";

const columns: TableOut["columns"] = [
  { key: "domain", title: "Domain" },
  { key: "metric", title: "Metric" },
  { key: "name", title: "Name" },
  { key: "organisation", title: "Organisation" },
  { key: "organisationName", title: "Organisation name" },
  { key: "area", title: "Area" },
  { key: "period", title: "Period" },
  { key: "value", title: "Value" },
  { key: "unit", title: "Unit" },
  { key: "before", title: "Value before" },
  { key: "plan", title: "Plan" },
  { key: "ownPlan", title: "Own plan" },
  { key: "plansBelow", title: "Plans below added up" },
  { key: "target", title: "Target" },
  { key: "against", title: "Against target" },
  { key: "rag", title: "RAG" },
  { key: "provisional", title: "Provisional" },
  { key: "partial", title: "Partial" },
  { key: "variation", title: "Variation" },
  { key: "assurance", title: "Assurance" },
  { key: "system", title: "System" },
  { key: "comparatorName", title: "Comparator" },
  { key: "comparator", title: "Comparator value" },
  { key: "case", title: "Open case" },
];

/** One row of a scorecard as the API and files have it: codes, and numbers unrounded; null for none. */
export function plainRow(
  row: ScorecardRow,
  { beside, spcOf }: { beside: (row: ScorecardRow) => Beside; spcOf: SpcOf },
) {
  const { metric, organisation } = row.series;
  const { now, before } = row;
  const { plan, ownPlan, plansBelow, system, comparator, openCase } = beside(row);
  return {
    domain: metric.domain,
    metric: metric.code,
    name: metric.name,
    organisation: organisation.code,
    organisationName: organisation.name,
    area: metric.area,
    period: now.place === -1 ? null : formatPeriod(now.period, metric.frequency),
    value: now.value,
    unit: metric.unit,
    before: before?.value ?? null,
    plan,
    ownPlan,
    plansBelow,
    target: now.target,
    against: now.against,
    rag: now.rag,
    provisional: now.provisional,
    partial: now.partial,
    ...spcOf(row),
    system,
    comparatorName: comparator?.name ?? null,
    comparator: comparator?.value ?? null,
    case: openCase === null ? null : String(openCase),
  };
}

/** All rows as a table that leaves. */
export function tableOf(name: string, rows: readonly ReturnType<typeof plainRow>[]): TableOut {
  return { name, columns, rows };
}
