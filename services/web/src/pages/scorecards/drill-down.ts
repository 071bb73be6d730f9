import {
  childrenOf,
  type ScorecardCatalogue,
  type ScorecardRow,
  type ScorecardScope,
  seesOrganisation,
  type Sight,
} from "@signalbox/db";
import { addressWith } from "./addresses.ts";
import type { Query } from "./asked.ts";

/** Where the links of rows lead; the period goes with them. */
export function drillDown(
  catalogue: ScorecardCatalogue,
  { sight, period }: { sight: Sight; period: unknown },
): { toOrganisation(code: string): string; toThoseBelow(row: ScorecardRow): string | null } {
  const kept: Query = { period };
  const hasBelow = new Map<string, boolean>();
  const seesBelow = (code: string): boolean => {
    let known = hasBelow.get(code);
    if (known === undefined) hasBelow.set(code, (known = seenBelow(catalogue, sight, code).length > 0));
    return known;
  };
  return {
    toOrganisation: (code) => addressWith(kept, { organisation: code }),
    toThoseBelow: ({ series: { metric, organisation } }) =>
      metric.aggregation !== "none" && seesBelow(organisation.code)
        ? addressWith(kept, { organisation: organisation.code, below: "yes", metric: metric.code })
        : null,
  };
}

const MOST = 12;

/** Above the table: the organisation above, those below where they are few, and all of them row by row. */
export function waysDown(
  catalogue: ScorecardCatalogue,
  { sight, scope, query }: { sight: Sight; scope: ScorecardScope; query: Query },
) {
  const code = scope.organisation;
  if (code === undefined) return null;
  const { organisations } = catalogue;
  const named = (one: string) => ({
    name: organisations.get(one)?.name ?? one,
    href: addressWith({ period: query["period"] }, { organisation: one }),
  });
  const parent = organisations.get(code)?.parent ?? null;
  const below = seenBelow(catalogue, sight, code);
  return {
    itself: scope.below === true ? named(code) : null,
    above: parent !== null && seesOrganisation(catalogue, sight, parent) ? named(parent) : null,
    below: scope.below !== true && below.length <= MOST ? below.map(named) : [],
    all:
      scope.below !== true && below.length > 1
        ? { count: below.length, href: addressWith(query, { organisation: code, below: "yes", page: undefined }) }
        : null,
  };
}

function seenBelow(catalogue: ScorecardCatalogue, sight: Sight, code: string): string[] {
  return childrenOf(catalogue, code).filter((child) => seesOrganisation(catalogue, sight, child));
}
