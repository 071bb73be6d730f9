import type { NoticeToSend } from "@signalbox/db";
import { addWorkingDays, atTime, dayOf } from "@signalbox/domain";

const TIME_OF_DAY = /^\d\d:\d\d$/;

/**
 * Until when a notice is put off because its person was last written a digest of a time of day at `lastDigest`: at most
 * one of those a day, so the next leaves at the next working day's time. Null where it may leave now; other kinds may.
 */
export function putOffUntil(
  { kind, digest }: Pick<NoticeToSend, "kind" | "digest">,
  lastDigest: Temporal.Instant | undefined,
  now: Temporal.Instant,
): Temporal.Instant | null {
  if (kind !== "digest" || digest === null || !TIME_OF_DAY.test(digest) || lastDigest === undefined) return null;
  const next = atTime(addWorkingDays(dayOf(lastDigest), 1), digest);
  return Temporal.Instant.compare(next, now) <= 0 ? null : next;
}
