/** How likely one month of a series lies past its limits where nothing but chance is at work. */
export interface MonthsChance {
  /** The probability of a value past any limit, from 0 to 1. */
  readonly past: number;
  /** The probability of a value past the SLT limit. */
  readonly pastSlt: number;
  /** Whether the month is counted; months before the time that is looked at only lead up to it. */
  readonly counted: boolean;
}

/** How much is to be expected by chance alone. */
export interface ExpectedByChance {
  /** Months past a limit, and of those past the SLT limit. */
  readonly months: number;
  readonly monthsSlt: number;
  /** Cases raised before a board, and straight before the SLT. */
  readonly raisedBoard: number;
  readonly raisedSlt: number;
}

export const NO_CHANCE: ExpectedByChance = { months: 0, monthsSlt: 0, raisedBoard: 0, raisedSlt: 0 };

/**
 * What chance alone is expected to bring of one series. Each month is past a limit with its probability, whatever the months
 * before were. A month past a limit raises a case where none stands; a case ends after `stepDownAfter` months in a row that
 * are not. So what stands is a Markov chain over "none" and "stands, k months below", whose probabilities are carried from
 * month to month; each month is expected to raise P(none) x P(past). The first month begins with none. Persistence and
 * deterioration are left out: a process that only varies by chance hardly meets them, and they step up what is raised.
 */
export function expectedByChance(months: readonly MonthsChance[], stepDownAfter: number): ExpectedByChance {
  const expected = { months: 0, monthsSlt: 0, raisedBoard: 0, raisedSlt: 0 };
  let none = 1;
  /** By how many months below it has stood. */
  let stands = new Float64Array(stepDownAfter);
  for (const { past, pastSlt, counted } of months) {
    if (counted) {
      expected.months += past;
      expected.monthsSlt += pastSlt;
      expected.raisedBoard += none * (past - pastSlt);
      expected.raisedSlt += none * pastSlt;
    }
    const next = new Float64Array(stepDownAfter);
    for (let below = 0; below + 1 < stepDownAfter; below += 1) next[below + 1] = (stands[below] ?? 0) * (1 - past);
    const ended = (stands[stepDownAfter - 1] ?? 0) * (1 - past);
    const standing = stands.reduce((sum, share) => sum + share, 0);
    next[0] = (none + standing) * past;
    none = none * (1 - past) + ended;
    stands = next;
  }
  return expected;
}

/** The sum of what several series are expected to bring. */
export function together(one: ExpectedByChance, other: ExpectedByChance): ExpectedByChance {
  return {
    months: one.months + other.months,
    monthsSlt: one.monthsSlt + other.monthsSlt,
    raisedBoard: one.raisedBoard + other.raisedBoard,
    raisedSlt: one.raisedSlt + other.raisedSlt,
  };
}
