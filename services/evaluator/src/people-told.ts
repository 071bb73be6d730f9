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
 * is told once, at its first fresh decision, as standing since then; and whoever was told hears of each later move.
 */
export function eventsToTell(
  change: CaseChange,
  { toldThrough, isFresh }: { toldThrough: number | null; isFresh: (period: number) => boolean },
): ToTell[] {
  const told: ToTell[] = [];
  const replacedPeriods = new Set(change.replaced.map(({ period }) => period));
  let through = toldThrough;
  change.added.forEach((event, at) => {
    const eventId = change.addedIds[at] ?? 0;
    const fresh = isFresh(event.period);
    const isMove = MOVES.has(event.event);
    if (through === null) {
      if (!fresh) return;
      told.push({ event, eventId, reason: isMove ? event.event : "standing", audience: "forums" });
      through = event.period;
    } else if (!isMove) return;
    else if (event.period > through) {
      told.push({ event, eventId, reason: event.event, audience: fresh ? "forums" : "told-before" });
      through = event.period;
    } else if (fresh && replacedPeriods.has(event.period)) {
      told.push({ event, eventId, reason: event.event, audience: "newcomers" });
    }
  });
  return told;
}
