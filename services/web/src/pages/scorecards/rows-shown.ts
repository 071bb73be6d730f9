import { assuranceMark, ASSURANCE_WORDS, sparkline, variationMark, variationSaid } from "@signalbox/charts";
import type { Beside, ScorecardRow } from "@signalbox/db";
import { formatValue, shortPeriod } from "@signalbox/domain";
import { isMeasured } from "@signalbox/explain/charted-series";
import type { drillDown } from "./drill-down.ts";
import { changeOfRow, type Sort, type SpcOf } from "./row-order.ts";
import { AGAINST_WORDS, NO_DOMAIN, RAG_WORDS } from "./scorecard-words.ts";

/** A year and the same period of the year before. */
const SPARKS = 13;

/** What runs up has a line to look at, and no control limits. */
const UNCHARTED = {
  none: "Not charted",
  quarter: "No control limits: it runs up",
  year: "No control limits: it runs up",
  "rolling-12": "No control limits: it is of 12 months",
} as const;

/** A row as it reads. Pictures are markup of our own; all else is text. */
export function rowShown(
  row: ScorecardRow,
  {
    beside,
    spcOf,
    drill,
  }: { beside: (row: ScorecardRow) => Beside; spcOf: SpcOf; drill: ReturnType<typeof drillDown> },
) {
  const { metric, organisation } = row.series;
  const { now, before } = row;
  const write = (value: number | null) => (value === null ? null : formatValue(value, metric));
  const { plan, ownPlan, plansBelow, system, comparator, openCase } = beside(row);
  const { variation, assurance } = spcOf(row);
  const [own, below] = [write(ownPlan ?? plan), write(plansBelow)];
  return {
    domain: metric.domain,
    metric: metric.name,
    href: `/series/${encodeURIComponent(metric.code)}/${encodeURIComponent(organisation.code)}`,
    acrossHref: drill.toThoseBelow(row),
    organisation: organisation.name,
    organisationHref: drill.toOrganisation(organisation.code),
    value: write(now.value) ?? "No figure",
    of: now.isEarlier && now.value !== null ? shortPeriod(now.period, metric.frequency) : null,
    note: now.awaitsSignature ? "A later figure is not signed off yet" : now.partial ? "Some below are missing" : null,
    was: before === null || before.value === null ? null : write(before.value),
    change: changeInWords(changeOfRow(row)),
    plan: own ?? below,
    /** Said where both are there and do not read the same. */
    plansBelow: own !== null && below !== null && own !== below ? below : null,
    isOfThoseBelow: own === null && below !== null,
    target: write(now.target),
    against: AGAINST_WORDS[now.against],
    rag: now.rag,
    ragWord: RAG_WORDS[now.rag],
    provisional: now.provisional,
    openCase,
    variationWords: variation === null ? UNCHARTED[metric.accumulates] : variationSaid(variation, metric.better),
    variation: variation === null ? null : symbolOf(variationMark(variation, metric.better)),
    assurance: assurance === null ? null : symbolOf(assuranceMark(assurance)),
    assuranceWords: assurance === null ? null : ASSURANCE_WORDS[assurance],
    spark: isMeasured(metric) && now.place !== -1 ? sparkline(lastValues(row), { kind: variation ?? "common" }) : null,
    /** What the figure may be compared with: the system's, and what others publish. */
    compared: [{ name: "System", value: system }, ...(comparator === null ? [] : [comparator])].flatMap((one) =>
      one.value === null ? [] : [{ name: one.name, value: write(one.value) }],
    ),
  };
}

function lastValues({ series, now }: ScorecardRow): Float64Array {
  return series.values.subarray(Math.max(0, now.place + 1 - SPARKS), now.place + 1);
}

/** The name of the symbol that a mark shows: two hundred marks stand on one page, and the style sheet knows their size. */
function symbolOf(mark: string): string {
  return /href="#([\w-]+)"/.exec(mark)?.[1] ?? "";
}

function changeInWords(change: number): string {
  if (Number.isNaN(change) || change === 0) return "";
  return change > 0 ? ", better" : ", worse";
}

/** Rows by domain where they come in that order; else one group without a name. */
export function groupsOf<Row extends { readonly domain: string }>(rows: readonly Row[], sort: Sort) {
  if (sort !== "name") return [{ domain: null, rows }];
  return [...Map.groupBy(rows, ({ domain }) => domain)].map(([domain, its]) => ({
    domain: domain === "" ? NO_DOMAIN : domain,
    rows: its,
  }));
}
