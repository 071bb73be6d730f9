import type { Said, ToldOfCase } from "@signalbox/db";
import type { DecidedEvent } from "@signalbox/evaluation";

/** Whether a case continued or was held in a period is no move: either way it stands where it stood. */
const plain = (event: string) => (event === "held" ? "continued" : event);

/**
 * The last thing that people were told of a case and that does not hold: another move, another tier, or a period in which
 * nothing stands. Null where all that was said holds. Reckoned from what was said, not from what changed, so that it does
 * not matter how often a figure was restated in between.
 */
export function wronglyTold({ said }: Pick<ToldOfCase, "said">, events: readonly DecidedEvent[]): Said | null {
  const holding = new Map(events.map((event) => [event.period as number, event]));
  const wrong = said.filter(({ period, event, tier }) => {
    const holds = holding.get(period);
    if (holds === undefined) return event !== "none";
    return plain(holds.event) !== plain(event) || holds.tier !== tier;
  });
  return wrong.toSorted((a, b) => a.period - b.period).at(-1) ?? null;
}

/** What a correction says of every period that was spoken of before. */
export function nowSaid({ said }: Pick<ToldOfCase, "said">, events: readonly DecidedEvent[]): Said[] {
  return said.map(({ period }) => {
    const holds = events.find((event) => event.period === period);
    return { period, event: holds?.event ?? "none", tier: holds?.tier ?? "none" };
  });
}
