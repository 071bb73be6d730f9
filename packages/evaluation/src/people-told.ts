import type { CaseChange, DecidedEvent } from "./case-changes.ts";

export const MOVES = new Set(["raised", "stepped-up", "stepped-down", "resolved", "withdrawn"]);

/** An event that is to be told, as what, and to whom: those of its forums, those told before, or only who is new to it. */
export interface ToTell {
  readonly event: DecidedEvent;
  readonly eventId: number;
  readonly reason: string;
  readonly audience: "forums" | "told-before" | "newcomers";
}

/**
 * Which events of a case are told (contract 6, "What is told"). A fresh move is; a case that has stood since older history
 * is told once, at its first fresh decision, as standing since then; and whoever was told hears of each later move. That
 * somebody was asked for a plan before the forums heard does not count as telling the forums.
 */
export function eventsToTell(
  change: Pick<CaseChange, "added" | "addedIds" | "replaced">,
  {
    toldThrough,
    anyoneThrough,
    isFresh,
  }: {
    /** The last period the forums were told of, or are about to be. */
    toldThrough: number | null;
    /** The last period that anyone was, be it the owner alone. */
    anyoneThrough: number | null;
    isFresh: (period: number) => boolean;
  },
): ToTell[] {
  const told: ToTell[] = [];
  const replacedPeriods = new Set(change.replaced.map(({ period }) => period));
  let through = toldThrough;
  let anyone = anyoneThrough;
  change.added.forEach((event, at) => {
    const eventId = change.addedIds[at] ?? 0;
    const fresh = isFresh(event.period);
    const isMove = MOVES.has(event.event);
    const isLater = anyone !== null && event.period > anyone;
    if (through === null && fresh) {
      told.push({ event, eventId, reason: isMove ? event.event : "standing", audience: "forums" });
      through = event.period;
    } else if (!isMove) return;
    else if (fresh && through !== null && event.period > through) {
      told.push({ event, eventId, reason: event.event, audience: "forums" });
      through = event.period;
    } else if (!fresh && isLater) told.push({ event, eventId, reason: event.event, audience: "told-before" });
    else if (fresh && replacedPeriods.has(event.period)) {
      told.push({ event, eventId, reason: event.event, audience: "newcomers" });
    } else return;
    anyone = Math.max(anyone ?? event.period, event.period);
  });
  return told;
}
