import { type Frequency, firstDay, nameOfPeriod, parsePeriod, type Period } from "@signalbox/domain";

export type ReadPeriod = { period: Period } | { code: "bad-period" | "future-period"; message: string };

/** Reads the periods of one file; each notation met is understood once. */
export class PeriodReader {
  readonly #now: Temporal.PlainDate;
  readonly #known = { monthly: new Map<string, ReadPeriod>(), quarterly: new Map<string, ReadPeriod>() };

  /** `now` is today, "YYYY-MM-DD". */
  constructor(now: string) {
    this.#now = Temporal.PlainDate.from(now);
  }

  read(text: string, frequency: Frequency): ReadPeriod {
    const known = this.#known[frequency].get(text);
    if (known !== undefined) return known;
    const period = parsePeriod(text, frequency);
    if (period === null) return { code: "bad-period", message: notUnderstood(frequency) };
    const read: ReadPeriod =
      Temporal.PlainDate.compare(firstDay(period), this.#now) > 0
        ? { code: "future-period", message: `${nameOfPeriod(period, frequency)} has not begun.` }
        : { period };
    this.#known[frequency].set(text, read);
    return read;
  }

  /** Whether a text is a period of any frequency, begun or not. */
  understands(text: string): boolean {
    return parsePeriod(text, "monthly") !== null || parsePeriod(text, "quarterly") !== null;
  }
}

function notUnderstood(frequency: Frequency): string {
  return frequency === "monthly"
    ? "This is not understood as a month. Write it as 2024-03, Mar-24, March 2024 or 01/03/2024."
    : "This is not understood as a financial quarter. Write it as 2023/24 Q4, or by its first month as 2024-01.";
}
