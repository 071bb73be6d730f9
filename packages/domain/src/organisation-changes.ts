import type { Period } from "./period.ts";

/** Where an organisation stood in the tree in the months `from` to `to`, both included; no `from`: ever since. */
export interface FormerParent {
  readonly organisation: string;
  readonly parent: string;
  readonly from: Period | null;
  readonly to: Period;
}

/** Who carries on for an organisation from a month on; one that was divided has several. */
export interface Successor {
  readonly organisation: string;
  readonly successor: string;
  readonly from: Period;
}

/** Organisations as they stand now, by code, and where they stood before. */
export interface Tree {
  readonly organisations: ReadonlyMap<string, { readonly parent: string | null }>;
  readonly formerParents: readonly FormerParent[];
}

/**
 * Says what stood above an organisation in a period (a quarter counts by its first month): where parents.csv says that it
 * stood elsewhere it is found there, else where it stands now.
 */
export function treeAsItStood({ organisations, formerParents }: Tree): (code: string, period: number) => string | null {
  const former = Map.groupBy(formerParents, ({ organisation }) => organisation);
  return (code, period) => {
    const then = former.get(code)?.find(({ from, to }) => (from ?? -Infinity) <= period && period <= to);
    return then?.parent ?? organisations.get(code)?.parent ?? null;
  };
}

/**
 * The last month in which anyone stood below an organisation, by code, of those below which somebody stood once and nobody
 * stands now. What is only computed of others ends with it.
 */
export function lastMonthsAbove({ organisations, formerParents }: Tree): ReadonlyMap<string, Period> {
  const above = new Set([...organisations.values()].map(({ parent }) => parent));
  const last = new Map<string, Period>();
  for (const { parent, to } of formerParents) {
    if (!above.has(parent)) last.set(parent, Math.max(to, last.get(parent) ?? to) as Period);
  }
  return last;
}
