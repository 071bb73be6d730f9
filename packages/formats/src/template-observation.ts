import type { CanonicalRow, MetricNotation } from "./canonical-row.ts";
import { partNotation, ratioOf } from "./settled-value.ts";
import type { Sum, TemplateMetric } from "./template.ts";
import type { CellProblem, SumRead, Suspicion, TemplateRow } from "./template-value.ts";

/** What one row says of one metric. */
export interface Observation {
  /** Null where the row is refused for this metric. */
  observed: Pick<CanonicalRow, "value" | "noValue" | "numerator" | "denominator"> | null;
  problems: CellProblem[];
  /** Why the value was kept out. */
  suspicion: Suspicion | null;
  /** Whether the value stood in the file as a bare number. */
  bare: boolean;
}

/** Reads a metric from a row: from its value's columns, or from those of its numerator and denominator. */
export function observe(template: TemplateMetric, notation: MetricNotation, row: TemplateRow): Observation {
  const part = partNotation(notation.unit);
  const { value, numerator, denominator } = template;
  const only = value?.minus.length === 0 && value.plus.length === 1 ? value.plus[0] : undefined;
  const sums: Sums = {
    value: value ? row.sum(value, only === undefined ? part : notation, template.fractions) : null,
    numerator: numerator ? row.sum(numerator, part) : null,
    denominator: denominator ? row.sum(denominator, partNotation("count")) : null,
  };
  const bare = only !== undefined && !template.fractions && !row.text(only).endsWith("%");
  const problems = Object.values(sums).flatMap((sum: SumRead | null) => (sum?.kind === "problems" ? sum.cells : []));
  if (problems.length > 0) return { observed: null, problems, suspicion: null, bare };
  const suspicion = row.suspicion(template);
  if (suspicion !== null) {
    const observed = { value: null, noValue: "suspect", numerator: null, denominator: null };
    return { observed, problems, suspicion, bare: false };
  }
  const observed = settled(notation, sums);
  const impossible = numerator ? whatIsImpossible(observed, numerator, row) : null;
  if (impossible !== null) return { observed: null, problems: [impossible], suspicion, bare };
  return { observed, problems, suspicion, bare };
}

interface Sums {
  value: SumRead | null;
  numerator: SumRead | null;
  denominator: SumRead | null;
}

type Observed = NonNullable<Observation["observed"]>;

function settled({ unit }: MetricNotation, sums: Sums): Observed {
  const parts = { numerator: numberOf(sums.numerator), denominator: numberOf(sums.denominator) };
  const given = numberOf(sums.value);
  if (given !== null) return { value: given, noValue: null, ...parts };
  if (parts.numerator === null || parts.denominator === null) {
    const reason = Object.values(sums).find((sum: SumRead | null) => sum?.kind === "none");
    return { value: null, noValue: reason?.kind === "none" ? reason.reason : "empty", ...parts };
  }
  const value = ratioOf(unit, parts.numerator, parts.denominator);
  return { value, noValue: value === null ? "denominator 0" : null, ...parts };
}

function whatIsImpossible({ value, numerator }: Observed, { plus, minus }: Sum, row: TemplateRow): CellProblem | null {
  const column = row.header(minus[0] ?? plus[0] ?? "");
  if (minus.length > 0 && numerator !== null && numerator < 0) {
    const message = "The columns that are taken away add up to more than those that they are taken from.";
    return { column, code: "negative-count", message, value: String(numerator) };
  }
  if (value === null || Number.isFinite(value)) return null;
  return {
    column,
    code: "not-a-number",
    message: "The figures are too large to be divided.",
    value: String(numerator),
  };
}

function numberOf(sum: SumRead | null): number | null {
  return sum?.kind === "value" ? sum.value : null;
}
