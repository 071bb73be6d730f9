import type { RequestRow, TellingRow } from "@signalbox/db";
import type { Rules } from "@signalbox/domain";
import { type CaseChange, type DecidedEvent } from "./case-changes.ts";
import { eventsToTell, type ToTell } from "./people-told.ts";
import { digestOf, requestDates } from "./timing.ts";

/** Who is concerned by a case, beside the people of its forums. */
export interface Concerned {
  /** The forums that govern a case which stands before a tier. */
  readonly forums: (tier: string, event: DecidedEvent, change: CaseChange) => readonly string[];
  readonly owner: readonly string[];
  readonly author: readonly string[];
  /** Chairs and owner, where the metric is urgent: they hear at once. */
  readonly atOnce: (tier: string) => readonly string[];
}

/** What telling a case needs to know. */
export interface TellingContext {
  readonly now: Temporal.Instant;
  readonly evaluation: number;
  readonly rules: Rules;
  readonly toldThrough: number | null;
  /** Whom earlier notices of the case have reached. */
  readonly toldPeople: readonly string[];
  /** Whom a notice of an event that no longer holds has reached. */
  readonly correctionTo: readonly string[];
  readonly isFresh: (period: number) => boolean;
  /** When the forums may be told: the end of the preview, or now. */
  readonly release: (event: DecidedEvent) => Temporal.Instant;
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
  if (context.correctionTo.length > 0) told.tellings.push(correction(change, context));
  for (const one of eventsToTell(change, context)) {
    told.tellings.push(...digestTellings(change, one, context));
    if (one.reason === "raised" || one.reason === "stepped-up") ask(told, change, { ...one, context });
  }
  return told;
}

function tierBefore(change: CaseChange, event: DecidedEvent): string {
  const at = change.events.indexOf(event);
  return change.events[at - 1]?.tier ?? "none";
}

const worse = (one: string, other: string) => (one === "slt" || other === "slt" ? "slt" : "board");

function base(change: CaseChange, context: TellingContext) {
  const { subject, causedBy } = change.decision;
  return {
    escalation: change.id,
    submission: null,
    series: subject.series,
    organisation: subject.organisation,
    causedBy,
    digest: null,
    tellAt: context.now,
  };
}

function digestTellings(change: CaseChange, one: ToTell, context: TellingContext): TellingRow[] {
  const { event, eventId, reason, audience } = one;
  const tier = worse(event.tier, tierBefore(change, event));
  const atOnce = reason === "raised" || reason === "stepped-up" ? context.concerned.atOnce(tier) : [];
  const except = [...(audience === "newcomers" ? context.correctionTo : []), ...atOnce];
  const detail = { ...context.detail(event, change), ...(except.length > 0 ? { except } : {}) };
  const common = { ...base(change, context), kind: "digest", reason, event: eventId, period: event.period };
  const telling: TellingRow = {
    ...common,
    ...digestOf(context.rules, tier, context.release(event)),
    forums: audience === "told-before" ? [] : context.concerned.forums(tier, event, change),
    recipients: audience === "newcomers" ? [] : context.toldPeople,
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

function correction(change: CaseChange, context: TellingContext): TellingRow {
  const before = change.replaced.at(-1);
  const holds = change.events.findLast(({ period }) => period <= (before?.period ?? Infinity)) ?? change.events.at(-1);
  const event: DecidedEvent = holds ?? {
    period: (before?.period ?? change.raisedIn) as DecidedEvent["period"],
    event: "withdrawn",
    tier: "none",
    reasons: [],
    metrics: [],
    areas: [],
    restated: true,
  };
  const at = change.added.indexOf(event);
  const rules = digestOf(context.rules, worse(before?.tier ?? "none", event.tier), context.now);
  return {
    ...base(change, context),
    ...rules,
    kind: "correction",
    reason: change.withdrawn && change.events.length === 0 ? "withdrawn" : "restated",
    event: at < 0 ? null : (change.addedIds[at] ?? null),
    period: before?.period ?? event.period,
    forums: [],
    recipients: context.correctionTo,
    detail: {
      ...context.detail(event, change),
      event: event.event,
      ...(before === undefined ? {} : { before: { event: before.event, tier: before.tier } }),
    },
    key: `correction:${change.id}:${context.evaluation}`,
  };
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
  const recipients = byDeteriorationAlone ? concerned.author : concerned.owner;
  const { dueOn, nextAt } = requestDates(rules, now, dueWithin);
  const key = byDeteriorationAlone ? `commentary:${subject.series}:${event.period}` : `action-plan:${eventId}`;
  const { series, organisation } = subject;
  const detail = { ...context.detail(event, change), dueOn: dueOn.toString() };
  told.requests.push({
    kind,
    key,
    escalation: change.id,
    series,
    organisation,
    period: event.period,
    recipients,
    dueOn: dueOn.toString(),
    nextAt,
  });
  told.tellings.push({
    ...base(change, context),
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
