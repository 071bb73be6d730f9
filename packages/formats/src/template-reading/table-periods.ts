import { asPeriod, firstDay, type Frequency, nameOfPeriod, type Period } from "@signalbox/domain";
import type { ReadPeriod } from "../period-reader.ts";
import { patternOf } from "../template.ts";
import { dateOf } from "./date-text.ts";
import { periodInText, periodOfParts, type TextPeriod } from "./period-text.ts";

/** A text that says its period later says something else. */
const LONGEST = 500;

export interface PeriodNotation {
  pattern?: string | undefined;
  quarterBy: "first-month" | "last-month";
  anyDay: boolean;
}

/** A period that is read, and how many months it was said to span where two dates said it. */
export type SpanRead = ReadPeriod & { months?: number };

/** Reads the periods of a table as its template writes them; each text met is understood once. */
export class TablePeriods {
  readonly #notation: PeriodNotation;
  readonly #pattern: RegExp | null;
  readonly #now: Temporal.PlainDate;
  readonly #template: string;
  readonly #known = { monthly: new Map<string, SpanRead>(), quarterly: new Map<string, SpanRead>() };

  /** `template` is the name that messages give; `now` is today, "YYYY-MM-DD". */
  constructor(notation: PeriodNotation, { template, now }: { template: string; now: string }) {
    this.#notation = notation;
    this.#pattern = notation.pattern === undefined ? null : patternOf(notation.pattern);
    this.#now = Temporal.PlainDate.from(now);
    this.#template = template;
  }

  read(text: string, frequency: Frequency): SpanRead {
    const known = this.#known[frequency];
    const before = known.get(text);
    if (before !== undefined) return before;
    const said = this.says(text);
    const read = this.#checked(said === null ? null : this.#asPeriod(said, frequency), frequency);
    known.set(text, read);
    return read;
  }

  /** What two dates say, the first and the last day of whole months. */
  readSpan(first: string, last: string, frequency: Frequency): SpanRead {
    const known = this.#known[frequency];
    const text = `${first} ${last}`;
    const before = known.get(text);
    if (before !== undefined) return before;
    const read = this.#span(first, last, frequency);
    known.set(text, read);
    return read;
  }

  /** What a text says of a period, begun or not. */
  says(written: string): TextPeriod | null {
    const text = written.slice(0, LONGEST);
    const { anyDay } = this.#notation;
    if (this.#pattern === null) return periodInText(text, anyDay);
    const parts = this.#pattern.exec(text)?.groups;
    return parts === undefined ? null : periodOfParts(parts, anyDay);
  }

  /** The period of this frequency that a text says; null where it says none. */
  plainly(text: string, frequency: Frequency): Period | null {
    const said = this.says(text);
    return said === null ? null : this.#asPeriod(said, frequency);
  }

  #asPeriod({ first, quarter }: TextPeriod, frequency: Frequency): Period | null {
    if (frequency === "monthly") return quarter ? null : first;
    if (quarter) return first;
    if (this.#notation.quarterBy === "last-month") return first % 3 === 2 ? asPeriod(first - 2) : null;
    return first % 3 === 0 ? first : null;
  }

  #span(first: string, last: string, frequency: Frequency): SpanRead {
    const from = dateOf(first);
    const to = dateOf(last);
    if (from === null || to === null || from.day !== 1 || to.day !== to.daysInMonth)
      return this.#checked(null, frequency);
    const months = 12 * (to.year - from.year) + to.month - from.month + 1;
    const start = asPeriod(12 * from.year + from.month - 1);
    const lastMonth = asPeriod(start + months - 1);
    const period = frequency === "monthly" ? lastMonth : months === 3 && start % 3 === 0 ? start : null;
    return { ...this.#checked(months < 1 ? null : period, frequency), months };
  }

  #checked(period: Period | null, frequency: Frequency): ReadPeriod {
    if (period === null) {
      const what = frequency === "monthly" ? "month" : "financial quarter";
      return { code: "bad-period", message: `The template ${this.#template} does not understand this as a ${what}.` };
    }
    if (Temporal.PlainDate.compare(firstDay(period), this.#now) <= 0) return { period };
    return { code: "future-period", message: `${nameOfPeriod(period, frequency)} has not begun.` };
  }
}
