import { asPeriod, cutCases, submissionDayPassesAt, previewEnds, dayOf, type Rules } from "@signalbox/domain";
import type { DecidedEvent } from "../case-changes.ts";
import type { CatalogueView } from "../catalogue-view.ts";
import { eventsToTell } from "../people-told.ts";
import { digestOf } from "../timing.ts";
import type { TrialCase, TrialDifference, TrialMove } from "./trial.ts";

/** The months that are looked at, both included. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Whose events they are, and how often and by when its figures come. */
export interface Tried {
  readonly metric: string | null;
  readonly organisation: string;
  readonly area: string | null;
  readonly frequency: "monthly" | "quarterly";
  readonly dueWorkingDay: number;
  readonly urgent: boolean;
  readonly rules: Rules;
}

const isSlt = ({ tier }: Pick<DecidedEvent, "tier">) => tier === "slt";

/** The cases that stood at some time in the window. */
export function casesTried(
  events: readonly DecidedEvent[],
  { metric, organisation }: Tried,
  { from, to }: Window,
): TrialCase[] {
  return cutCases(events).flatMap((one): TrialCase[] => {
    if (one.raisedIn > to || (one.endedIn ?? Infinity) < from) return [];
    const first = one.events[0];
    const seen = one.events.filter(({ period }) => period >= from && period <= to);
    const before = one.events.findLast(({ period }) => period < from);
    const worst = [...seen, ...(before === undefined ? [] : [before])].some(isSlt) ? "slt" : "board";
    return [
      {
        metric,
        organisation,
        raisedIn: one.raisedIn,
        endedIn: one.endedIn,
        tier: first !== undefined && isSlt(first) ? "slt" : "board",
        worst,
      },
    ];
  });
}

/**
 * What leaders would have been told of these events in the window, as the evaluator tells it, had each month's figures come on
 * their submission day: to which forums, and with the digest of which day.
 */
export function movesTried(
  view: CatalogueView,
  events: readonly DecidedEvent[],
  tried: Tried,
  { from, to }: Window,
): TrialMove[] {
  return cutCases(events).flatMap((one) => {
    if (one.raisedIn > to || (one.endedIn ?? Infinity) < from) return [];
    const change = { added: one.events, addedIds: [], replaced: [] };
    // A case that was raised before is told of only where it moves on.
    const toldThrough = one.raisedIn < from ? from - 1 : null;
    const isFresh = (period: number) => period >= from && period <= to;
    return eventsToTell(change, { toldThrough, anyoneThrough: toldThrough, isFresh })
      .filter(({ event }) => isFresh(event.period))
      .map(({ event, reason }): TrialMove => {
        const was = one.events[one.events.indexOf(event) - 1]?.tier ?? "none";
        const tier = event.tier === "slt" || was === "slt" ? "slt" : "board";
        const areas = tried.area === null ? event.areas : [tried.area];
        return {
          metric: tried.metric,
          organisation: tried.organisation,
          period: event.period,
          reason,
          tier: event.tier,
          forums: tier === "slt" ? [...new Set([view.slt, ...areas])] : areas,
          day: dayTold(tried, event.period, tier),
        };
      });
  });
}

function dayTold({ frequency, dueWorkingDay, urgent, rules }: Tried, period: number, tier: string): string {
  const read = submissionDayPassesAt(asPeriod(period), frequency, dueWorkingDay);
  const released = urgent ? read : previewEnds(read, rules.preview.workingDays);
  return dayOf(digestOf(rules, tier, released).tellAt).toString();
}

/** Sets the cases of one series by today's limits beside those by the limits proposed. */
export function differencesOf(today: readonly TrialCase[], proposed: readonly TrialCase[]): TrialDifference[] {
  const left = new Set(today);
  const found = proposed.flatMap((then): TrialDifference[] => {
    const now = [...left].find((one) => overlap(one, then));
    const { metric, organisation } = then;
    if (now === undefined) return [{ what: "new", metric, organisation, today: null, proposed: then }];
    left.delete(now);
    const what = howChanged(now, then);
    return what === null ? [] : [{ what, metric, organisation, today: now, proposed: then }];
  });
  const gone = [...left].map((now): TrialDifference => ({
    what: "gone",
    metric: now.metric,
    organisation: now.organisation,
    today: now,
    proposed: null,
  }));
  return [...found, ...gone];
}

function howChanged(now: TrialCase, then: TrialCase): TrialDifference["what"] | null {
  if (then.raisedIn !== now.raisedIn) return then.raisedIn < now.raisedIn ? "earlier" : "later";
  if (then.worst !== now.worst) return then.worst === "slt" ? "higher" : "lower";
  return null;
}

function overlap(one: TrialCase, other: TrialCase): boolean {
  return one.raisedIn <= (other.endedIn ?? Infinity) && other.raisedIn <= (one.endedIn ?? Infinity);
}
