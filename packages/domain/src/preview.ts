import type { Rules } from "./protocol.ts";
import { addWorkingDays } from "./working-days.ts";

/** How long a submission waits for its executive beyond the preview where the protocol names no levels. */
const WORKING_DAYS_PER_LEVEL = 5;

/** When the preview of a decision ends: so many working days after its submission was read, at the same time of day. */
export function previewEnds(readAt: Temporal.Instant, workingDays: number): Temporal.Instant {
  if (workingDays === 0) return readAt;
  const read = readAt.toZonedDateTimeISO("Europe/London");
  return addWorkingDays(read.toPlainDate(), workingDays)
    .toZonedDateTime({ timeZone: "Europe/London", plainTime: read.toPlainTime() })
    .toInstant();
}

/**
 * From when a submission that its executive should sign off is released without: a level's working days after the preview's
 * end. Silence never hides a breach.
 */
export function unsignedFrom(readAt: Temporal.Instant, rules: Pick<Rules, "preview" | "reminders">): Temporal.Instant {
  const patience = Math.max(1, rules.reminders?.workingDaysPerLevel ?? WORKING_DAYS_PER_LEVEL);
  return previewEnds(readAt, rules.preview.workingDays + patience);
}
