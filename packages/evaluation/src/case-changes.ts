import type { CaseRow, Concern, EventRow, StoredCase, StoredEvent, TierName } from "@signalbox/db";
import { cutCases, matchCases, type Period } from "@signalbox/domain";

/** What can have one case at a time: a series, a provider for several areas, an area's returns of an organisation. */
export interface Subject {
  readonly concern: Concern;
  readonly series: number | null;
  readonly organisation: string;
  readonly metric: string | null;
  readonly area: string | null;
  readonly frequency: "monthly" | "quarterly";
}

/** A move of a case as the rules decided it. */
export interface DecidedEvent {
  readonly period: Period;
  readonly event: string;
  readonly tier: TierName;
  readonly reasons: readonly { readonly rule: string; readonly tier: string }[];
  readonly metrics: readonly string[];
  readonly areas: readonly string[];
  readonly restated: boolean;
}

/** What the rules decided of a subject, beside what is kept of it. */
export interface SubjectDecision {
  readonly subject: Subject;
  readonly events: readonly DecidedEvent[];
  /** Nothing up to this period has changed since it was last decided; null where anything may have. */
  readonly unchangedThrough: number | null;
  readonly stored: readonly StoredCase[];
  readonly storedEvents: readonly StoredEvent[];
  readonly causedBy: readonly number[];
}

/** How one case changes; ids are given once it is known how many are needed. */
export interface CaseChange<D extends SubjectDecision = SubjectDecision> {
  readonly decision: D;
  readonly stored: StoredCase | null;
  readonly events: readonly DecidedEvent[];
  readonly added: readonly DecidedEvent[];
  readonly replaced: readonly StoredEvent[];
  readonly newlyRestated: readonly number[];
  readonly raisedIn: Period;
  readonly endedIn: Period | null;
  readonly withdrawn: boolean;
  readonly previous: CaseChange<D> | null;
  id: number;
  addedIds: readonly number[];
}

/** Compares the cases that the decisions make with those kept: the earliest that overlaps keeps its id. */
export function caseChanges<D extends SubjectDecision>(decision: D): CaseChange<D>[] {
  const from = decision.unchangedThrough;
  const cut = cutCases(decision.events);
  const existing = decision.stored.map((one) => ({
    ...one,
    raisedIn: one.raisedIn as Period,
    endedIn: one.endedIn as Period | null,
  }));
  const { matches, leftOver } = matchCases(existing, cut);
  const changes: CaseChange<D>[] = [];
  for (const match of matches) {
    const stored = decision.stored.find(({ id }) => id === match.id) ?? null;
    changes.push(
      changeOf(decision, stored, {
        match: match.case,
        previous: match.previous === null ? null : (changes.at(-1) ?? null),
      }),
    );
  }
  const concerned = changes.filter((change) => from === null || (change.endedIn ?? Infinity) > from);
  return [...concerned, ...leftOver.flatMap((id) => withdrawal(decision, id))];
}

type Cut = ReturnType<typeof cutCases<DecidedEvent>>[number];

function changeOf<D extends SubjectDecision>(
  decision: D,
  stored: StoredCase | null,
  { match, previous }: { match: Cut; previous: CaseChange<D> | null },
): CaseChange<D> {
  const from = decision.unchangedThrough ?? -Infinity;
  const kept = new Map(
    decision.storedEvents.flatMap((event) => (event.escalation === stored?.id ? [[event.period, event] as const] : [])),
  );
  const added: DecidedEvent[] = [];
  const newlyRestated: number[] = [];
  const replaced: StoredEvent[] = [];
  for (const event of match.events) {
    if (event.period <= from) continue;
    const old = kept.get(event.period);
    kept.delete(event.period);
    if (old !== undefined && same(old, event)) {
      if (event.restated && !old.restated) newlyRestated.push(old.id);
      continue;
    }
    if (old !== undefined) replaced.push(old);
    added.push(event);
  }
  if (decision.unchangedThrough === null) replaced.push(...kept.values());
  return {
    decision,
    stored,
    events: match.events,
    added,
    replaced,
    newlyRestated,
    raisedIn: match.raisedIn,
    endedIn: match.endedIn,
    withdrawn: match.events.at(-1)?.event === "withdrawn",
    previous,
    id: stored?.id ?? 0,
    addedIds: [],
  };
}

/** A case that is left without decisions: it should never have stood. */
function withdrawal<D extends SubjectDecision>(decision: D, id: number): CaseChange<D>[] {
  const stored = decision.stored.find((one) => one.id === id);
  if (stored === undefined || decision.unchangedThrough !== null) return [];
  return [
    {
      decision,
      stored,
      events: [],
      added: [],
      replaced: decision.storedEvents.filter(({ escalation }) => escalation === id),
      newlyRestated: [],
      raisedIn: stored.raisedIn as Period,
      endedIn: stored.endedIn as Period | null,
      withdrawn: true,
      previous: null,
      id,
      addedIds: [],
    },
  ];
}

function same(old: StoredEvent, event: DecidedEvent): boolean {
  return (
    old.event === event.event &&
    old.tier === event.tier &&
    alike(old.reasons, event.reasons) &&
    alike(old.metrics, event.metrics) &&
    alike(old.areas, event.areas)
  );
}

function alike(one: readonly unknown[], other: readonly unknown[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The case as it is to be kept, or null where nothing of it changes. */
export function caseRow(
  change: CaseChange,
  { slt, shownAt }: { slt: string; shownAt: Temporal.Instant },
): CaseRow | null {
  const { decision, stored, events, raisedIn, endedIn, withdrawn } = change;
  const { subject } = decision;
  const tier = events.at(-1)?.tier ?? "none";
  const lastTier = events.findLast((event) => event.tier !== "none")?.tier ?? stored?.tier ?? "board";
  const forum = lastTier === "slt" ? slt : subject.area;
  const previous =
    stored !== null && decision.unchangedThrough !== null ? stored.previous : (change.previous?.id ?? null);
  const isKept =
    stored !== null &&
    stored.tier === tier &&
    stored.raisedIn === raisedIn &&
    stored.endedIn === endedIn &&
    stored.withdrawn === withdrawn &&
    stored.previous === previous &&
    stored.area === subject.area &&
    stored.forum === forum &&
    Temporal.Instant.compare(stored.shownAt, shownAt) === 0;
  if (isKept) return null;
  return {
    id: change.id,
    isNew: stored === null,
    ...subject,
    tier: withdrawn ? "none" : tier,
    forum,
    raisedIn,
    endedIn,
    withdrawn,
    previous,
    shownAt,
  };
}

/** The added events as rows. */
export function eventRows(change: CaseChange): EventRow[] {
  return change.added.map((event, at) => ({ ...event, id: change.addedIds[at] ?? 0, escalation: change.id }));
}
