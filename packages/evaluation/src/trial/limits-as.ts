import type { CatalogueThreshold, CurrentCatalogue, ProposedLimit } from "@signalbox/db";
import { asPeriod, type Period } from "@signalbox/domain";

const BEGINNING = asPeriod(0);

/** The catalogue with a proposal approved as it is written: its drafts are gone, its rows count from their months on. */
export function asApproved(
  catalogue: CurrentCatalogue,
  rows: readonly ProposedLimit[],
  drafts: readonly number[] = [],
): CurrentCatalogue {
  const gone = new Set(drafts);
  const same = new Set(rows.map((row) => `${scopeOf(row)}\n${row.from}`));
  return withLimits(catalogue, rows, (old) => {
    const isReplaced = old.status === "approved" && same.has(`${scopeOf(old)}\n${old.from}`);
    return !gone.has(old.id) && !isReplaced;
  });
}

/**
 * The catalogue as if the proposed limits had always held: of each scope (a metric's organisation, level, or all) the first row
 * reaches back to the beginning, in place of whatever else the scope has had. Limits of nearer scopes stay, and beat them.
 */
export function asIfAlways(catalogue: CurrentCatalogue, rows: readonly ProposedLimit[]): CurrentCatalogue {
  const scopes = new Set(rows.map(scopeOf));
  const first = new Map<string, Period>();
  for (const row of rows) first.set(scopeOf(row), asPeriod(Math.min(row.from, first.get(scopeOf(row)) ?? Infinity)));
  const always = rows.map((row) => (row.from === first.get(scopeOf(row)) ? { ...row, from: BEGINNING } : row));
  return withLimits(catalogue, always, (old) => !scopes.has(scopeOf(old)));
}

function withLimits(
  catalogue: CurrentCatalogue,
  rows: readonly ProposedLimit[],
  stays: (old: CatalogueThreshold) => boolean,
): CurrentCatalogue {
  const thresholds = new Map(catalogue.thresholds);
  const proposed = Map.groupBy(
    // Ids that no limit in force has: which row rated a month is told by its id.
    rows.map((row, at): CatalogueThreshold => ({ ...row, id: -1 - at, status: "approved" })),
    ({ metric }) => metric,
  );
  for (const metric of new Set(rows.map((row) => row.metric))) {
    thresholds.set(metric, [...(thresholds.get(metric) ?? []).filter(stays), ...(proposed.get(metric) ?? [])]);
  }
  return { ...catalogue, thresholds };
}

function scopeOf({
  metric,
  organisation,
  level,
}: Pick<ProposedLimit, "metric" | "organisation" | "level"> | CatalogueThreshold): string {
  return `${metric}\n${organisation ?? ""}\n${level ?? ""}`;
}
