const LONGEST = 4000;

/** What was typed into a field, and what is wrong with it. */
export interface Written {
  readonly text: string;
  readonly error: string | null;
}

/** Words of a form: some, and not too many. `missing` says what to do where there are none. */
export function wordsIn(given: unknown, missing: string): Written {
  const text = typeof given === "string" ? given.trim() : "";
  if (text === "") return { text, error: missing };
  return { text, error: text.length > LONGEST ? `Use at most ${LONGEST.toLocaleString("en-GB")} characters` : null };
}

/** A day to come, as three fields or one write it: "2026-12-08". */
export function dayIn(given: unknown, today: Temporal.PlainDate): Written & { readonly day: string } {
  const text = typeof given === "string" ? given.trim() : "";
  const day = readDay(text);
  if (day === null) return { text, day: "", error: "Give a day, such as 8/12/2026" };
  if (Temporal.PlainDate.compare(day, today) <= 0) return { text, day: "", error: "The day must be after today" };
  if (Temporal.PlainDate.compare(day, today.add({ years: 1 })) > 0)
    return { text, day: "", error: "The day must be within a year" };
  return { text, day: day.toString(), error: null };
}

function readDay(text: string): Temporal.PlainDate | null {
  const written = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const typed = /^(\d{1,2})[\s/.-]+(\d{1,2})[\s/.-]+(\d{4})$/.exec(text);
  const [year, month, day] = written ? written.slice(1) : typed ? typed.slice(1).toReversed() : [];
  if (year === undefined || month === undefined || day === undefined) return null;
  try {
    return Temporal.PlainDate.from(
      { year: Number(year), month: Number(month), day: Number(day) },
      { overflow: "reject" },
    );
  } catch {
    return null;
  }
}
