const ZONE = "Europe/London";

/** "2026-11-21 23:41", London time. */
export function minuteOf(instant: Temporal.Instant): string {
  return instant.toZonedDateTimeISO(ZONE).toPlainDateTime().toString({ smallestUnit: "minute" }).replace("T", " ");
}

/** "2026-11-21", London time. */
export function dayOf(instant: Temporal.Instant): string {
  return instant.toZonedDateTimeISO(ZONE).toPlainDate().toString();
}
