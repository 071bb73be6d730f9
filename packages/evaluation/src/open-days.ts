import type { Organisation } from "@signalbox/db";
import type { OpenDays } from "@signalbox/domain";

/** The days between which an organisation is open, as the rules take them. */
export function openDaysOf(organisation: Pick<Organisation, "opened" | "closed"> | undefined): OpenDays {
  return { opened: day(organisation?.opened ?? null), closed: day(organisation?.closed ?? null) };
}

function day(text: string | null): Temporal.PlainDate | null {
  return text === null ? null : Temporal.PlainDate.from(text);
}
