import type { ScorecardRow } from "@signalbox/db";
import {
  addedUp,
  changeOf,
  countPlaces,
  type CountChange,
  type TargetCounts,
  type TargetPlace,
} from "@signalbox/domain";
import { NO_DOMAIN } from "./scorecard-words.ts";

/** The counts of one domain, or of all together, and what each is more or less than by the period before. */
export interface DomainCounts {
  readonly domain: string;
  readonly now: TargetCounts;
  readonly change: CountChange;
}

export interface ScorecardCounts {
  readonly domains: readonly DomainCounts[];
  readonly together: DomainCounts;
}

/** Counts rows by domain, in their order, and together. */
export function countsOf(rows: readonly ScorecardRow[]): ScorecardCounts {
  const counted = [...Map.groupBy(rows, ({ series }) => series.metric.domain)].map(([domain, its]) => ({
    domain,
    now: countPlaces(its.map(({ now }) => now.against)),
    before: countPlaces(its.flatMap(({ before }): TargetPlace[] => (before === null ? [] : [before.against]))),
  }));
  const now = addedUp(counted.map((one) => one.now));
  const before = addedUp(counted.map((one) => one.before));
  return {
    domains: counted.map((one) => ({ domain: one.domain, now: one.now, change: changeOf(one.now, one.before) })),
    together: { domain: "All together", now, change: changeOf(now, before) },
  };
}

const COLUMNS = [
  ["Below target by 10% or more", "belowBy10Percent"],
  ["Below by less", "below"],
  ["Target met", "met"],
  ["No figure", "noValue"],
  ["No target", "noTarget"],
  ["With a target", "withTarget"],
  ["Met, of those", "percentMet"],
] as const;

/** The table of counts as it reads: "1", "+1"; "50%", "n/a". No figure is told of where there is one without. */
export function countsShown({ domains, together }: ScorecardCounts) {
  const shown = COLUMNS.filter(
    ([, name]) => name !== "noValue" || together.now.noValue > 0 || together.change.noValue < 0,
  );
  const lines = [...domains, ...(domains.length > 1 ? [together] : [])];
  return {
    headings: shown.map(([heading]) => heading),
    lines: lines.map((one) => ({
      name: one.domain === "" ? NO_DOMAIN : one.domain,
      isTotal: one === together,
      cells: shown.map(([heading, name]) => ({
        heading,
        count: name === "percentMet" ? share(one.now.percentMet) : String(one.now[name]),
        change: changeInWords(one.change[name], name === "percentMet" ? " points" : ""),
      })),
    })),
  };
}

const share = (percent: number | null): string => (percent === null ? "n/a" : `${percent}%`);

function changeInWords(change: number | null, unit: string): string {
  if (change === null) return "";
  if (change === 0) return "same";
  return `${change > 0 ? "+" : "−"}${Math.abs(change)}${unit}`;
}
