import type { CurrentCatalogue, Metric, Organisation } from "@signalbox/db";
import {
  asPeriod,
  escalates,
  lastMonthsAbove,
  lastPassedPeriod,
  type Period,
  type Rules,
  rulesFor,
  type ThresholdRow,
} from "@signalbox/domain";
import { type FormerLinks, formerLinks } from "./former-links.ts";
import { type People, peopleOf } from "./responsible.ts";

/** The catalogue as one evaluation sees it: what concerns a series, looked up once and kept. */
export interface CatalogueView {
  readonly catalogue: CurrentCatalogue;
  readonly now: Temporal.Instant;
  readonly ticking: boolean;
  readonly systemCode: string;
  readonly slt: string;
  readonly people: People;
  readonly former: FormerLinks;
  /** The last month in which anyone stood below those who have nobody below them any more. */
  readonly lastBelow: ReadonlyMap<string, Period>;
  /** Whether decisions may be shown to owners, or executives, before leaders. */
  readonly hasPreview: boolean;
  /** Who governs the cases of a series and whether it has any: what a decision depends on beside its figures. */
  governedBy(metric: Metric, organisation: Organisation): string;
  rules(metric: Metric): Rules;
  thresholds(metric: string, organisation: Organisation): readonly ThresholdRow[];
  /** The last period of a metric's frequency whose submission day has passed. */
  lastPassed(metric: Metric): Period;
}

/** `ticking` false: a test clock that was never put, by which no submission day has passed and nothing is fresh. */
export function viewOf(
  catalogue: CurrentCatalogue,
  { now, ticking }: { now: Temporal.Instant; ticking: boolean },
): CatalogueView {
  const monthly = rulesFor(catalogue.protocol.body, "monthly");
  const quarterly = rulesFor(catalogue.protocol.body, "quarterly");
  const passed = new Map<string, Period>();
  const shared = new Map<string, readonly ThresholdRow[]>();
  const rules = (metric: Metric) => (metric.frequency === "quarterly" ? quarterly : monthly);
  const slt = [...catalogue.forums.values()].find(({ tier }) => tier === "slt")?.code ?? "";
  return {
    catalogue,
    now,
    systemCode: [...catalogue.organisations.values()].find(({ kind }) => kind === "system")?.code ?? "",
    slt,
    people: peopleOf(catalogue),
    former: formerLinks(catalogue),
    lastBelow: lastMonthsAbove(catalogue),
    hasPreview:
      monthly.preview.workingDays + quarterly.preview.workingDays > 0 ||
      [...catalogue.organisations.values()].some(({ signOff }) => signOff),
    governedBy: (metric, { kind }) => `${slt} ${escalates(rules(metric), kind) ? "escalates" : "does not escalate"}`,
    rules,
    thresholds(metric, organisation) {
      const rows = catalogue.thresholds.get(metric) ?? [];
      const key = `${metric}\n${organisation.kind}`;
      let common = shared.get(key);
      if (common === undefined) shared.set(key, (common = rows.flatMap((row) => scopedTo(row, organisation.kind))));
      const own = rows.filter((row) => row.organisation === organisation.code);
      return own.length === 0 ? common : [...own.map((row) => ({ ...row, scope: "own" as const })), ...common];
    },
    ticking,
    lastPassed(metric) {
      if (!ticking) return asPeriod(0);
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
