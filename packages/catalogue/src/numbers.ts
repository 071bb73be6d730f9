import { type Basis, parseValue } from "@signalbox/domain";
import type { Metric } from "./catalogue.ts";
import { type Cells, quoted } from "./cells.ts";

type Notation = Pick<Metric, "unit" | "scale">;

/** A plain number, whatever the unit: seconds, pounds, or the place in a scale. */
const PLAIN = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/;

/** A value as the metric's unit writes it ("£3.2m", "0:30:00", a grade of the scale), or a plain number; null for none. */
export function numberIn<Column extends string>(
  cells: Cells<Column>,
  column: Column,
  notation: Notation,
): number | null {
  const text = cells.text(column);
  if (text === null) return null;
  const parsed = parseValue(text, notation);
  if (parsed.kind === "value") return parsed.value;
  if (PLAIN.test(text)) return Number(text);
  return cells.problem(
    column,
    `${quoted(text)} is no ${notation.unit}${parsed.kind === "none" ? "" : `: ${parsed.message}`}`,
  );
}

/** A limit by its basis: a value; a difference of values, which may be below nothing; or percent. Null for none. */
export function limitIn<Column extends string>(
  cells: Cells<Column>,
  column: Column,
  { basis, metric }: { basis: Basis; metric: Notation },
): number | null {
  if (basis === "value") return numberIn(cells, column, metric);
  if (basis === "percent-variance") return numberIn(cells, column, { unit: "percent", scale: [] });
  const text = cells.text(column);
  if (text === null) return null;
  if (metric.unit === "ordinal" || metric.unit === "yesno") return numberIn(cells, column, { unit: "rate", scale: [] });
  const below = metric.unit === "duration" && text.startsWith("-") ? parseValue(text.slice(1), metric) : null;
  return below?.kind === "value" ? 0 - below.value : numberIn(cells, column, metric);
}
