const MONTHS = "january february march april may june july august september october november december".split(" ");

/** A day as people type it, "8/12/2026", "8 December 2026" or "2026-12-08"; null where it is none. */
export function dayTyped(text: string): Temporal.PlainDate | null {
  const [, day, month, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(named(text.trim())) ?? [];
  const iso = year === undefined ? text.trim() : `${year}-${month?.padStart(2, "0")}-${day?.padStart(2, "0")}`;
  if (!/^\d{4}-\d\d-\d\d$/.test(iso)) return null;
  try {
    return Temporal.PlainDate.from(iso, { overflow: "reject" });
  } catch {
    return null;
  }
}

/** "8 December 2026" and "8 Dec 2026" as "8/12/2026"; anything else as it is. */
function named(text: string): string {
  const [, day, month = "", year] = /^(\d{1,2}) ([a-z]{3,9}) (\d{4})$/.exec(text.toLowerCase()) ?? [];
  const at = MONTHS.findIndex((name) => month !== "" && name.startsWith(month));
  return at === -1 ? text : `${day}/${at + 1}/${year}`;
}
