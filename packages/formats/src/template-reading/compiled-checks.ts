import type { MetricNotation } from "../canonical-row.ts";
import type { ProblemList } from "../problem.ts";
import { type Check, patternOf } from "../template.ts";
import type { Meanings } from "./cell-meanings.ts";
import { CellReader } from "./cell-reader.ts";
import type { FoundColumns } from "./find-columns.ts";
import { bothMarks, IMPLAUSIBLE, SUSPECT } from "../marks.ts";
import type { Outcome } from "./outcome.ts";

/** Where a finding belongs: the row, and the metric it is about. */
export interface CheckedAt {
  row: number;
  metric: string;
  where: string;
}

/** Looks at one value, and marks it or keeps it out. */
export type CompiledCheck = (outcome: Outcome, cells: readonly string[], at: CheckedAt, problems: ProblemList) => void;

const LONGEST_CAPPED = 40;
const CAPPED = /^[<>]?\s*\d+(?:\.\d+)?\s*%?\s*\*+$/;

/**
 * The checks of a metric for one table, but for `capped`, which is looked at before a cell is read. `valueIn` is the header
 * of the one column that holds the value, null where several do.
 */
export function compiledChecks(
  checks: readonly Check[],
  { columns, notation, means, valueIn }: Table & { valueIn: string | null },
): CompiledCheck[] {
  const table: Table = { columns, notation, means };
  return checks.flatMap((check): CompiledCheck[] => {
    switch (check.check) {
      case "percent":
        return percentCheck(check, table);
      case "range":
        return [rangeCheck(check, valueIn)];
      case "suspect":
        return suspectCheck(check, table);
      case "capped":
      // What needs the history of a series is looked at beside it, not here.
      case "jump":
      case "sudden-zero":
        return [];
      default:
        throw new TypeError(`There is no check ${String(check satisfies never)}.`);
    }
  });
}

interface Table {
  columns: FoundColumns;
  notation: MetricNotation;
  means: Meanings;
}
type Of<Name extends Check["check"]> = Extract<Check, { check: Name }>;
type Finding = { code: string; message: string; column: string | null; value: string };

/** Keeps a value out, or marks it, and says why. */
export function act(
  then: Check["then"],
  outcome: Outcome,
  { code, message, column, value }: Finding,
  to: { at: CheckedAt; problems: ProblemList },
): void {
  const { row, metric, where } = to.at;
  const what =
    then === "keep-out" ? `${metric} is kept out as no value` : `${metric} counts and is marked as implausible`;
  to.problems.add("warning", code, `${where}${what}: ${message}`, { row, column, value });
  if (then === "mark") {
    outcome.mark = bothMarks(outcome.mark, IMPLAUSIBLE);
    return;
  }
  outcome.clear();
  outcome.noValue = SUSPECT;
}

function rangeCheck({ from = -Infinity, to = Infinity, then }: Of<"range">, column: string | null): CompiledCheck {
  return (outcome, _, at, problems) => {
    const { value } = outcome;
    if (value === null || (value >= from && value <= to)) return;
    const bounds = from === -Infinity ? `at most ${to}` : to === Infinity ? `at least ${from}` : `${from} to ${to}`;
    const finding = {
      code: "out-of-range",
      message: `${shown(value)} is not ${bounds}.`,
      column,
      value: shown(value),
    };
    act(then, outcome, finding, { at, problems });
  };
}

function percentCheck(
  { column, fractions, tolerance, then }: Of<"percent">,
  { columns, means }: Table,
): CompiledCheck[] {
  const found = columns.get(column);
  const place = found?.places[0];
  if (found === undefined || place === undefined) return [];
  const reader = new CellReader({ value: { unit: "percent", scale: [] }, fractions, scale: 1, means });
  return [
    (outcome, cells, at, problems) => {
      const { value } = outcome;
      const text = cells[place]?.trim() ?? "";
      if (value === null || text === "") return;
      const to = { at, problems };
      const where = { column: found.header, value: text };
      if (text.length <= LONGEST_CAPPED && CAPPED.test(text)) {
        const message = `it is published as ${text}, but numerator and denominator give ${shown(value)}.`;
        act(then, outcome, { code: "capped", message, ...where }, to);
        return;
      }
      const published = reader.read(text).value;
      if (Number.isNaN(published) || Math.abs(published - value) <= tolerance * (1 + 1e-9)) return;
      const message = `it is published as ${shown(published)}, but numerator and denominator give ${shown(value)}.`;
      act(then, outcome, { code: "percent-differs", message, ...where }, to);
    },
  ];
}

function suspectCheck({ all, says, then }: Of<"suspect">, { columns, means }: Table): CompiledCheck[] {
  const reader = new CellReader({ value: { unit: "count", scale: [] }, fractions: false, scale: 1, means });
  const conditions = all.map(({ column, atLeast = -Infinity, atMost = Infinity, equals }) => {
    const found = columns.get(column);
    return { places: found?.places ?? [], header: found?.header ?? column, atLeast, atMost, equals };
  });
  const last = conditions.at(-1);
  // A column that this file lacks fulfils no condition.
  if (last === undefined || conditions.some(({ places }) => places.length === 0)) return [];
  const numberOf = (cells: readonly string[], places: readonly number[]): number => {
    let total = 0;
    for (const place of places) {
      const text = cells[place] ?? "";
      const whole = reader.whole(text);
      total += whole >= 0 ? whole : reader.read(text).value;
    }
    return total;
  };
  return [
    (outcome, cells, at, problems) => {
      if (outcome.value === null && outcome.noValue === SUSPECT) return;
      for (const { places, atLeast, atMost, equals } of conditions) {
        const value = numberOf(cells, places);
        if (!(value >= atLeast && value <= atMost) || (equals !== undefined && value !== equals)) return;
      }
      const value = cells[last.places[0] ?? -1]?.trim() ?? "";
      act(then, outcome, { code: "suspect", message: says, column: last.header, value }, { at, problems });
    },
  ];
}

/** What is cut off for show, before a cell is read as a value. */
export interface CappedCell {
  pattern: RegExp;
  reads: number | undefined;
  act: Check["then"];
}

/** The `capped` checks of a metric. */
export function cappedCells(checks: readonly Check[]): CappedCell[] {
  return checks
    .filter((check) => check.check === "capped")
    .map((check) => ({ pattern: patternOf(check.matches), reads: check.reads, act: check.then }));
}

function shown(value: number): string {
  return String(Number(value.toPrecision(12)));
}
