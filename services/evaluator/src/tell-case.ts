import type { RequestRow, Said, TellingRow, ToldOfCase } from "@signalbox/db";
import { asPeriod, type Rules } from "@signalbox/domain";
import {
  type CaseChange,
  type DecidedEvent,
  eventsToTell,
  type ToTell,
  digestOf,
  requestDates,
} from "@signalbox/evaluation";
import { nowSaid, wronglyTold } from "./wrongly-told.ts";

/** Who is concerned by a case, beside the people of its forums. */
export interface Concerned {
  /** The forums that govern a case which stands before a tier. */
  readonly forums: (tier: string, event: DecidedEvent, change: CaseChange) => readonly string[];
  /** By the tree as it stood in the period. */
  readonly owner: (period: number) => readonly string[];
  readonly author: (period: number) => readonly string[];
  /** Chairs and owner, where the metric is urgent: they hear at once. */
  readonly atOnce: (tier: string, event: DecidedEvent) => readonly string[];
}

/** What telling a case needs to know. */
export interface TellingContext {
  readonly now: Temporal.Instant;
  readonly evaluation: number;
  readonly rules: Rules;
  /** What was told of the case before. */
  readonly told: ToldOfCase;
  readonly isFresh: (period: number) => boolean;
  /** When the forums may be told: the end of the preview, or now. */
  readonly release: (event: DecidedEvent) => Temporal.Instant;
  /** Where an executive is to sign off first: when the forums would be told, were it signed by then; else null. */
  readonly awaited: (event: DecidedEvent) => Temporal.Instant | null;
  /** The submissions whose figures a move rests on, beside those that had it decided. */
  readonly restsOn: (event: DecidedEvent) => readonly number[];
  /** Who did, by an act of theirs, what a move says: they are not told of it. */
  readonly doneBy: (event: DecidedEvent) => readonly string[];
  /** Who signs the case off where its board asks for that. */
  readonly signers: readonly string[];
  readonly concerned: Concerned;
  readonly detail: (event: DecidedEvent, change: CaseChange) => Record<string, unknown>;
}

export interface Told {
  readonly tellings: TellingRow[];
  readonly requests: RequestRow[];
}

/** What is to be told of a case that changed, and asked for. */
export function tellCase(change: CaseChange, context: TellingContext): Told {
  const told: Told = { tellings: [], requests: [] };
  const wrong = wronglyTold(context.told, change.events);
  if (wrong !== null) told.tellings.push(correction(change, { wrong, context }));
  // A case that was withdrawn and stands again is told anew; those who were told that it did not get the correction.
  const toldThrough = change.stored?.withdrawn === true ? null : context.told.through;
  const anyoneThrough = change.stored?.withdrawn === true ? null : context.told.throughAnyone;
  const moves = eventsToTell(change, { toldThrough, anyoneThrough, isFresh: context.isFresh });
  for (const one of moves) told.tellings.push(...digestTellings(change, one, { corrected: wrong !== null, context }));
  const asking = moves.findLast(isAsking);
  if (asking !== undefined && change.endedIn === null && context.isFresh(asking.event.period)) {
    ask(told, change, { ...asking, context });
  }
  return told;
}

const isAsking = ({ reason }: ToTell) => reason === "raised" || reason === "stepped-up";

function tierBefore(change: CaseChange, event: DecidedEvent): string {
  const at = change.events.indexOf(event);
  return change.events[at - 1]?.tier ?? "none";
}

const worse = (one: string, other: string) => (one === "slt" || other === "slt" ? "slt" : "board");

function base(change: CaseChange, context: TellingContext, restsOn: readonly number[] = []) {
  const { subject, causedBy } = change.decision;
  return {
    escalation: change.id,
    submission: null,
    series: subject.series,
    organisation: subject.organisation,
    causedBy: [...new Set([...causedBy, ...restsOn])],
    digest: null,
    tellAt: context.now,
  };
}

function digestTellings(
  change: CaseChange,
  one: ToTell,
  { corrected, context }: { corrected: boolean; context: TellingContext },
): TellingRow[] {
  const { event, eventId, reason, audience } = one;
  const tier = worse(event.tier, tierBefore(change, event));
  const atOnce = reason === "raised" || reason === "stepped-up" ? context.concerned.atOnce(tier, event) : [];
  const hasBeenSaid = context.told.said.some(({ period }) => period === event.period);
  const heard = audience === "newcomers" || (corrected && hasBeenSaid) ? context.told.people : [];
  const except = [...heard, ...atOnce, ...context.doneBy(event)];
  const awaited = context.awaited(event);
  const detail = {
    ...context.detail(event, change),
    ...exceptFor(except),
    // It leaves by time alone only if nobody has signed: then it says so. A signature takes the word back.
    ...(awaited === null ? {} : { unsigned: true, previewEnds: awaited.toString() }),
  };
  const common = {
    ...base(change, context, context.restsOn(event)),
    kind: "digest",
    reason,
    event: eventId,
    period: event.period,
  };
  const telling: TellingRow = {
    ...common,
    ...digestOf(context.rules, tier, context.release(event)),
    forums: audience === "told-before" ? [] : context.concerned.forums(tier, event, change),
    recipients: audience === "newcomers" ? [] : context.told.people,
    detail,
    key: `digest:${eventId}`,
  };
  if (atOnce.length === 0) return [telling];
  const urgent = {
    ...common,
    forums: [],
    recipients: atOnce,
    detail: context.detail(event, change),
    key: `urgent:${eventId}`,
  };
  return [urgent, telling];
}

const exceptFor = (people: readonly string[]) => (people.length > 0 ? { except: people } : {});

function correction(change: CaseChange, { wrong, context }: { wrong: Said; context: TellingContext }): TellingRow {
  const holds = change.events.find(({ period }) => period === wrong.period) ?? nothingStands(wrong.period, change);
  const at = change.added.indexOf(holds);
  return {
    ...base(change, context),
    ...digestOf(context.rules, worse(wrong.tier, holds.tier), context.now),
    kind: "correction",
    reason: change.withdrawn && change.events.length === 0 ? "withdrawn" : "restated",
    event: at < 0 ? null : (change.addedIds[at] ?? null),
    period: wrong.period,
    forums: [],
    recipients: context.told.people,
    detail: {
      ...context.detail(holds, change),
      event: holds.event,
      before: { event: wrong.event, tier: wrong.tier },
      says: nowSaid(context.told, change.events),
      ...exceptFor(context.doneBy(holds)),
    },
    key: `correction:${change.id}:${context.evaluation}`,
  };
}

/** Of a period in which nothing stands: there is no such case at all, or there is one, of other periods. */
function nothingStands(period: number, { events }: CaseChange): DecidedEvent {
  const nothing = { reasons: [], metrics: [], areas: [], restated: true };
  return { period: asPeriod(period), event: events.length === 0 ? "withdrawn" : "none", tier: "none", ...nothing };
}

function ask(told: Told, change: CaseChange, { event, eventId, context }: ToTell & { context: TellingContext }): void {
  const { rules, now, concerned } = context;
  const { subject } = change.decision;
  if (subject.concern === "reporting") return;
  const byDeteriorationAlone = event.tier === "board" && event.reasons.every(({ rule }) => rule === "deterioration");
  const kind = byDeteriorationAlone ? ("commentary" as const) : ("action-plan" as const);
  const tier = event.tier === "slt" ? "slt" : "board";
  const dueWithin = byDeteriorationAlone ? rules.commentary?.dueWorkingDays : rules.actionPlan?.[tier]?.dueWorkingDays;
  if (dueWithin === undefined) return;
  const recipients = (byDeteriorationAlone ? concerned.author : concerned.owner)(event.period);
  const { dueOn, nextAt } = requestDates(rules, now, dueWithin);
  const key = byDeteriorationAlone ? `commentary:${subject.series}:${event.period}` : `action-plan:${eventId}`;
  const { series, organisation } = subject;
  const of = { escalation: change.id, series, organisation, period: event.period, recipients };
  const forum = subject.area ?? concerned.forums(tier, event, change)[0] ?? null;
  told.requests.push({ ...of, kind, key, dueOn: dueOn.toString(), nextAt, forum });
  const seen = byDeteriorationAlone ? undefined : rules.followThrough?.[tier]?.acknowledged;
  const seenBy = seen === undefined ? null : requestDates(rules, now, seen);
  // Asked for in the same letter, and chased by itself.
  if (seenBy !== null) {
    const acknowledging = { kind: "acknowledgement", key: `acknowledgement:${eventId}` } as const;
    told.requests.push({ ...of, ...acknowledging, dueOn: seenBy.dueOn.toString(), nextAt: seenBy.nextAt, forum });
  }
  const detail = {
    ...context.detail(event, change),
    dueOn: dueOn.toString(),
    ...(seenBy === null ? {} : { seenBy: seenBy.dueOn.toString() }),
  };
  told.tellings.push({
    ...base(change, context, context.restsOn(event)),
    kind: `${kind}-request`,
    reason: "asked",
    event: eventId,
    period: event.period,
    forums: [],
    recipients,
    detail,
    key: `request:${key}`,
  });
}
