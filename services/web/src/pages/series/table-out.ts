import { formatPeriod } from "@signalbox/domain";
import type { TableOut } from "../../way-out.ts";
import type { RowFacts } from "./rows.ts";

const COLUMNS = [
  ["period", "Period"],
  ["value", "Value"],
  ["numerator", "Numerator"],
  ["denominator", "Denominator"],
  ["plan", "Plan"],
  ["target", "Target"],
  ["expected", "Expected by action plan"],
  ["board", "Board limit"],
  ["slt", "SLT limit"],
  ["basis", "Limit basis"],
  ["status", "Limit status"],
  ["rag", "RAG"],
  ["provisional", "Provisional"],
  ["deterioratingFor", "Worse in a row"],
  ["tier", "Tier"],
  ["mean", "Mean"],
  ["lower", "Lower control limit"],
  ["upper", "Upper control limit"],
  ["cause", "Special cause"],
  ["kind", "Kind of variation"],
  ["mark", "Mark"],
  ["noValue", "Why no value"],
  ["restated", "Restated"],
  ["partial", "Partial"],
  ["missing", "Missing"],
  ["comment", "Comment"],
  ["submission", "Submission"],
  ["row", "Row"],
] as const;

/** Every period of a series as a table to take away, latest first as on its page; numbers unrounded. */
export function seriesTable({ found, chart, limits, versions, opens }: RowFacts): TableOut {
  const held = new Map(versions.filter(({ holds }) => holds).map((one) => [one.period, one]));
  const number = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? null : value);
  const rows = found.points.map((point, at) => {
    const spc = chart.points[at];
    const limit = limits(point.period);
    const given = held.get(point.period);
    return {
      value: point.value,
      numerator: point.numerator,
      denominator: point.denominator,
      plan: point.plan,
      target: point.target,
      expected: found.expected?.get(point.period) ?? null,
      rag: point.rag,
      provisional: point.provisional,
      deterioratingFor: point.deterioratingFor,
      tier: point.tier,
      mark: point.mark,
      noValue: point.noValue,
      restated: point.restated,
      partial: point.partial,
      period: formatPeriod(point.period, found.frequency),
      board: limit?.board ?? null,
      slt: limit?.slt ?? null,
      basis: limit?.basis ?? null,
      status: limit?.status ?? null,
      mean: number(spc?.limits.mean),
      lower: number(spc?.limits.lower),
      upper: number(spc?.limits.upper),
      cause: spc?.cause ?? null,
      kind: spc?.kind ?? null,
      missing: point.missing.join(" "),
      comment: given?.comment ?? null,
      submission: given !== undefined && opens(given.submittedFor) ? given.submission : null,
      row: given !== undefined && opens(given.submittedFor) ? given.row : null,
    };
  });
  return {
    name: `${found.metric} ${found.organisation}`,
    columns: COLUMNS.map(([key, title]) => ({ key, title })),
    rows: rows.toReversed(),
  };
}
