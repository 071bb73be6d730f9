import type { CurrentCatalogue, Metric, Organisation } from "@signalbox/db";
import { lastPassedPeriod, type Period, type Rules, rulesFor, type ThresholdRow } from "@signalbox/domain";
import { type People, peopleOf } from "./responsible.ts";

/** The catalogue as one evaluation sees it: what concerns a series, looked up once and kept. */
export interface CatalogueView {
  readonly catalogue: CurrentCatalogue;
  readonly now: Temporal.Instant;
  readonly systemCode: string;
  readonly slt: string;
  readonly people: People;
  rules(metric: Metric): Rules;
  thresholds(metric: string, organisation: Organisation): readonly ThresholdRow[];
  /** The last period of a metric's frequency whose submission day has passed. */
  lastPassed(metric: Metric): Period;
}

export function viewOf(catalogue: CurrentCatalogue, now: Temporal.Instant): CatalogueView {
  const monthly = rulesFor(catalogue.protocol.body, "monthly");
  const quarterly = rulesFor(catalogue.protocol.body, "quarterly");
  const passed = new Map<string, Period>();
  const shared = new Map<string, readonly ThresholdRow[]>();
  const rules = (metric: Metric) => (metric.frequency === "quarterly" ? quarterly : monthly);
  return {
    catalogue,
    now,
    systemCode: [...catalogue.organisations.values()].find(({ kind }) => kind === "system")?.code ?? "",
    slt: [...catalogue.forums.values()].find(({ tier }) => tier === "slt")?.code ?? "",
    people: peopleOf(catalogue),
    rules,
    thresholds(metric, organisation) {
      const rows = catalogue.thresholds.get(metric) ?? [];
      const key = `${metric}\n${organisation.kind}`;
      let common = shared.get(key);
      if (common === undefined) shared.set(key, (common = rows.flatMap((row) => scopedTo(row, organisation.kind))));
      const own = rows.filter((row) => row.organisation === organisation.code);
      return own.length === 0 ? common : [...own.map((row) => ({ ...row, scope: "own" as const })), ...common];
    },
    lastPassed(metric) {
      const day = metric.dueWorkingDay ?? rules(metric).submission.dueWorkingDay;
      const key = `${metric.frequency} ${day}`;
      let period = passed.get(key);
      if (period === undefined) passed.set(key, (period = lastPassedPeriod(now, metric.frequency, day)));
      return period;
    },
  };
}

type Row = Omit<ThresholdRow, "scope"> & { readonly organisation: string | null; readonly level: string | null };

function scopedTo(row: Row, kind: string): ThresholdRow[] {
  if (row.organisation !== null) return [];
  if (row.level === null) return [{ ...row, scope: "*" }];
  return row.level === kind ? [{ ...row, scope: "level" }] : [];
}
