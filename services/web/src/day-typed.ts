/** A day as people type it, "8/12/2026" or "2026-12-08"; null where it is none. */
export function dayTyped(text: string): Temporal.PlainDate | null {
  const [, day, month, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text.trim()) ?? [];
  const iso = year === undefined ? text.trim() : `${year}-${month?.padStart(2, "0")}-${day?.padStart(2, "0")}`;
  if (!/^\d{4}-\d\d-\d\d$/.test(iso)) return null;
  try {
    return Temporal.PlainDate.from(iso, { overflow: "reject" });
  } catch {
    return null;
  }
}
