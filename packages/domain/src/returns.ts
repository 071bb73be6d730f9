import { type OpenPeriods, isOpenIn } from "./closing.ts";
import { NAMED_MISSING } from "./no-value.ts";
import type { Period } from "./period.ts";

/** What became of one figure that was owed. */
export const METRIC_RETURNS = [
  "due",
  "late",
  "received",
  "estimated",
  "nil",
  "not-applicable",
  "missing-named-by-publisher",
  "closed",
  "not-open",
] as const;
export type MetricReturn = (typeof METRIC_RETURNS)[number];

/** What became of a return: of all figures that one organisation owes of one period by one day. */
export const RETURN_STATUSES = [...METRIC_RETURNS, "partial"] as const;
export type ReturnStatus = (typeof RETURN_STATUSES)[number];

const NIL_RETURN = "nil return";
const NOT_APPLICABLE = /^n\/a$/i;

/** What is known of one figure: what holds now, and when somebody first answered for it; null never. */
export interface FigureOwed {
  readonly metric: string;
  /** Whether a row of it holds, with a value or with a reason for none. */
  readonly came: boolean;
  readonly noValue: string | null;
  readonly mark: string | null;
  readonly answeredAt: Temporal.Instant | null;
}

/** Whether nobody has answered for a figure that is owed; that the publisher names it as missing is no answer. */
export function isFigureOwed(status: MetricReturn): boolean {
  return status === "due" || status === "late" || status === "missing-named-by-publisher";
}

/** When a return is owed and by whom. */
export interface ReturnFacts {
  readonly period: Period;
  readonly figures: readonly FigureOwed[];
  readonly open: OpenPeriods;
  /** The day on which the organisation closed, if it has. */
  readonly closed: Temporal.PlainDate | null;
  readonly dueOn: Temporal.PlainDate;
  /** The moment at which the submission day has passed. */
  readonly passesAt: Temporal.Instant;
  /** When the first file of the organisation, or of one above it, ever came; null for none. */
  readonly firstFileAt: Temporal.Instant | null;
}

export interface ReturnState {
  readonly status: ReturnStatus;
  /** Whether it came, or was made whole, after its day had passed; or is still owed then. */
  readonly late: boolean;
  /** When the last of what came was first answered; null where nothing came. */
  readonly receivedAt: Temporal.Instant | null;
  /** By place of `figures`. */
  readonly metrics: readonly MetricReturn[];
}

/**
 * What became of a return by `now`. An organisation owes nothing of a period in which it was not open, nor, once it has
 * closed, what was not due before: nobody is left to send it.
 */
export function stateOfReturn(facts: ReturnFacts, now: Temporal.Instant): ReturnState {
  const hasPassed = Temporal.Instant.compare(facts.passesAt, now) <= 0;
  const without = withoutAnswer(facts, hasPassed);
  const metrics = facts.figures.map((figure) => answerOf(figure) ?? without);
  const answers = facts.figures.filter((figure) => isAnswer(answerOf(figure)));
  const receivedAt = answers.reduce<Temporal.Instant | null>((last, { answeredAt }) => later(last, answeredAt), null);
  const isWhole = metrics.every((metric) => isAnswer(metric) || metric === "closed");
  const hadBegun = facts.firstFileAt !== null && Temporal.Instant.compare(facts.firstFileAt, facts.passesAt) < 0;
  // What was loaded as history, of days before anything was sent here at all, did not come late.
  const cameLate = hadBegun && receivedAt !== null && Temporal.Instant.compare(receivedAt, facts.passesAt) >= 0;
  const isOwed = without === "due" || without === "late";
  return {
    status: statusOf(metrics, { answered: answers.length, isWhole, without, hasPassed }),
    late: isWhole ? cameLate : isOwed && hasPassed,
    receivedAt,
    metrics,
  };
}

/** What is said of a figure that has no answer: it depends on the organisation and the day alone. */
function withoutAnswer({ period, open, closed, dueOn }: ReturnFacts, hasPassed: boolean): MetricReturn {
  if (!isOpenIn({ first: open.first, last: null }, period)) return "not-open";
  if (!isOpenIn(open, period)) return "closed";
  if (closed !== null && Temporal.PlainDate.compare(closed, dueOn) < 0) return "closed";
  return hasPassed ? "late" : "due";
}

/** What a row says of a figure; null where there is none. */
function answerOf({ came, noValue, mark }: FigureOwed): MetricReturn | null {
  if (!came) return null;
  if (noValue === NAMED_MISSING) return "missing-named-by-publisher";
  const marks = mark?.split("; ") ?? [];
  if (noValue === NIL_RETURN || marks.includes(NIL_RETURN)) return "nil";
  if (noValue !== null && NOT_APPLICABLE.test(noValue)) return "not-applicable";
  return marks.includes("estimated") ? "estimated" : "received";
}

const isAnswer = (metric: MetricReturn | null) =>
  metric === "received" || metric === "estimated" || metric === "nil" || metric === "not-applicable";

interface Whole {
  readonly answered: number;
  readonly isWhole: boolean;
  readonly without: MetricReturn;
  readonly hasPassed: boolean;
}

function statusOf(metrics: readonly MetricReturn[], { answered, isWhole, without, hasPassed }: Whole): ReturnStatus {
  if (answered === 0) return metrics.includes("missing-named-by-publisher") ? "missing-named-by-publisher" : without;
  if (!isWhole) return hasPassed ? "partial" : "due";
  const given = metrics.filter(isAnswer);
  if (given.every((metric) => metric === "not-applicable")) return "not-applicable";
  if (given.every((metric) => metric === "nil" || metric === "not-applicable")) return "nil";
  // One estimate makes it one: the final figure is still to come.
  return given.includes("estimated") ? "estimated" : "received";
}

function later(one: Temporal.Instant | null, other: Temporal.Instant | null): Temporal.Instant | null {
  if (one === null || other === null) return one ?? other;
  return Temporal.Instant.compare(one, other) >= 0 ? one : other;
}
