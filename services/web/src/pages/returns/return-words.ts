import type { MetricReturn, ReturnStatus } from "@signalbox/domain";

/** A status as a person reads it: the word says it all, shape and colour say it at a glance. */
export interface ReturnMark {
  readonly shape: string;
  readonly word: string;
  readonly colour: string;
  /** What it means, in the legend. */
  readonly means: string;
}

const MARKS: Readonly<Record<ReturnStatus, ReturnMark>> = {
  late: { shape: "▲", word: "Late", colour: "red", means: "its day has passed, and nothing came" },
  partial: { shape: "◐", word: "Partial", colour: "orange", means: "its day has passed, and some figures are missing" },
  "missing-named-by-publisher": {
    shape: "△",
    word: "Missing, named by the publisher",
    colour: "red",
    means: "the publisher says that it did not come",
  },
  due: { shape: "○", word: "Due", colour: "blue", means: "not all has come, and its day is still to come" },
  received: {
    shape: "●",
    word: "Received",
    colour: "green",
    means: "every figure came, or the reason for having none",
  },
  estimated: { shape: "◇", word: "Estimated", colour: "yellow", means: "all came, and some figures are estimates" },
  nil: { shape: "◌", word: "Nil return", colour: "green", means: "there was nothing to report" },
  "not-applicable": { shape: "–", word: "Not applicable", colour: "grey", means: "these figures do not apply" },
  closed: { shape: "■", word: "Closed", colour: "grey", means: "the organisation has closed, and owes nothing" },
  "not-open": { shape: "□", word: "Not open yet", colour: "grey", means: "the organisation had not opened" },
};

const CAME: readonly string[] = ["received", "estimated", "nil", "not-applicable"];

/** How a return, or one of its figures, is marked; what came after its day is said to have come late. */
export function markOfReturn(status: ReturnStatus | MetricReturn, late = false): ReturnMark {
  const mark = MARKS[status];
  return late && CAME.includes(status) ? { ...mark, word: `${mark.word}, late` } : mark;
}

/** Every mark that there is, worst first. */
export const legend: readonly ReturnMark[] = Object.values(MARKS);

/** Why somebody was chased. */
export const CHASED_BECAUSE: Readonly<Record<string, string>> = {
  "due-soon": "Its day was near",
  missing: "Its day had passed",
  "raised-to-owner": "Raised to the owner",
  "raised-to-executive": "Raised to an executive",
  "return-asked": "Asked for by the case before the board",
};
