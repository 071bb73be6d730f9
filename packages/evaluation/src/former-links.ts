import type { CurrentCatalogue, FormerLink } from "@signalbox/db";

/** Where organisations stood before, but for when: whose figures a parent's may be computed of as well. */
export interface FormerLinks {
  readonly all: readonly FormerLink[];
  /** Those that a parent can wait for: with the tree of today they make no circle. */
  readonly waited: readonly FormerLink[];
}

/**
 * The former places of organisations. Trees of different months may contradict each other (one took the other over, and later
 * the other way round): what would wait for itself is not waited for.
 */
export function formerLinks({
  organisations,
  formerParents,
}: Pick<CurrentCatalogue, "organisations" | "formerParents">): FormerLinks {
  const above = new Map([...organisations.values()].map(({ code, parent }) => [code, parent === null ? [] : [parent]]));
  const all = new Map(
    formerParents.map(({ organisation, parent }) => [`${organisation}\n${parent}`, { organisation, parent }]),
  );
  const waited = [...all.values()].filter(({ organisation, parent }) => {
    if (isAbove(above, organisation, parent)) return false;
    above.set(organisation, [...(above.get(organisation) ?? []), parent]);
    return true;
  });
  return { all: [...all.values()], waited };
}

/** Whether one organisation stands, or stood, above another; or is it. */
function isAbove(above: ReadonlyMap<string, readonly string[]>, one: string, other: string): boolean {
  const seen = new Set([other]);
  // A set grows while it is gone through.
  for (const code of seen) for (const parent of above.get(code) ?? []) seen.add(parent);
  return seen.has(one);
}
