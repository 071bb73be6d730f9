import type { Period } from "./period.ts";

/** What a case is cut from: any move with its period, in order of period. */
export interface CaseEvent {
  readonly period: Period;
  readonly event: string;
}

/** One case: from a `raised` to its `resolved` (or `withdrawn`); `endedIn` null while it stands. */
export interface CutCase<E extends CaseEvent> {
  readonly raisedIn: Period;
  readonly endedIn: Period | null;
  readonly events: readonly E[];
}

/** A case as it was kept before; a withdrawn one keeps the periods it last had. */
export interface ExistingCase {
  readonly id: number;
  readonly raisedIn: Period;
  readonly endedIn: Period | null;
  readonly withdrawn: boolean;
}

/** A cut case with the id it keeps, null for a new one, and the case that was resolved before it. */
export interface CaseMatch<E extends CaseEvent> {
  readonly id: number | null;
  readonly case: CutCase<E>;
  readonly previous: CaseMatch<E> | null;
}

/** Cuts cases from the decisions as they stand. */
export function cutCases<E extends CaseEvent>(events: readonly E[]): CutCase<E>[] {
  const cases: { raisedIn: Period; endedIn: Period | null; events: E[] }[] = [];
  for (const event of events) {
    if (event.event === "raised") cases.push({ raisedIn: event.period, endedIn: null, events: [] });
    const open = cases.at(-1);
    if (open === undefined || open.endedIn !== null) throw new Error(`${event.event} without a case that stands`);
    open.events.push(event);
    if (event.event === "resolved" || event.event === "withdrawn") open.endedIn = event.period;
  }
  return cases;
}

/**
 * Gives each cut case, in order, the id of the earliest existing case that overlaps it and is not taken yet: one that
 * was not withdrawn if there is any, else a withdrawn one, so that restating and restating back revives the same id.
 * `leftOver` are the ids not withdrawn before that have no decisions any more: they are withdrawn now.
 */
export function matchCases<E extends CaseEvent>(
  existing: readonly ExistingCase[],
  cut: readonly CutCase<E>[],
): { matches: CaseMatch<E>[]; leftOver: number[] } {
  const earliestFirst = existing.toSorted((a, b) => a.raisedIn - b.raisedIn || a.id - b.id);
  const taken = new Set<number>();
  const ids = new Map<CutCase<E>, number>();
  for (const withdrawn of [false, true]) {
    for (const one of cut) {
      if (ids.has(one)) continue;
      const kept = earliestFirst.find((old) => old.withdrawn === withdrawn && !taken.has(old.id) && overlap(old, one));
      if (kept === undefined) continue;
      taken.add(kept.id);
      ids.set(one, kept.id);
    }
  }
  const matches: CaseMatch<E>[] = [];
  for (const one of cut) {
    const before = matches.at(-1);
    const previous = before?.case.events.at(-1)?.event === "resolved" ? before : null;
    matches.push({ id: ids.get(one) ?? null, case: one, previous });
  }
  const leftOver = earliestFirst.filter((old) => !old.withdrawn && !taken.has(old.id)).map((old) => old.id);
  return { matches, leftOver };
}

type Range = Pick<ExistingCase, "raisedIn" | "endedIn">;

function overlap(a: Range, b: Range): boolean {
  return a.raisedIn <= (b.endedIn ?? Infinity) && b.raisedIn <= (a.endedIn ?? Infinity);
}
