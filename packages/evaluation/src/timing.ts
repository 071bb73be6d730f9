import type { ReadSubmission } from "@signalbox/db";
import { addWorkingDays, atTime, dayOf, nextDigest, previewEnds, type Rules, unsignedFrom } from "@signalbox/domain";

/** When people-facing messages of the clock leave on their day: before work, London time. */
export const MORNING = "08:00";

/**
 * How long what submissions decided is held back from the forums: until the last preview ends, and while one of them waits for
 * its executive until it is signed off or released unsigned. Null where nothing is held back.
 */
export interface HeldBack {
  readonly until: Temporal.Instant;
  /** When it would be told, were it signed off by then; null where no signature is waited for. */
  readonly previewEnds: Temporal.Instant | null;
}

/** How long what these submissions decided is held back; null where none of them is. */
export function heldBack(read: readonly ReadSubmission[], rules: Rules): HeldBack | null {
  const previews = read.map(({ readAt }) => previewEnds(readAt, rules.preview.workingDays));
  const preview = previews.toSorted(Temporal.Instant.compare).at(-1);
  if (preview === undefined) return null;
  const unsigned = read.flatMap(({ readAt, isUnsigned }) => (isUnsigned ? [unsignedFrom(readAt, rules)] : []));
  const until = [...unsigned, preview].toSorted(Temporal.Instant.compare).at(-1) ?? preview;
  return { until, previewEnds: unsigned.length > 0 ? preview : null };
}

/** The digest setting of a tier, and when what is released at a moment is due to be told by it. */
export function digestOf(rules: Rules, tier: string, released: Temporal.Instant) {
  const setting = tier === "slt" ? rules.digest.slt : rules.digest.board;
  return { digest: setting ?? null, tellAt: nextDigest(released, setting) };
}

/** The day a request is due, and when its first reminder (or, without a time before, its overdue notice) falls due. */
export function requestDates(rules: Rules, now: Temporal.Instant, dueWorkingDays: number) {
  const dueOn = addWorkingDays(dayOf(now), dueWorkingDays);
  if (rules.reminders === undefined) return { dueOn, nextAt: null };
  return { dueOn, nextAt: atTime(addWorkingDays(dueOn, -rules.reminders.workingDaysBefore), MORNING) };
}
