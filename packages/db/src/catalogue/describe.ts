import { formatPeriod, periodOf } from "@signalbox/domain";
import type { LoadedTable } from "./loaded-tables.ts";

type Row = Readonly<Record<string, unknown>>;

/** A row that differs: `before` is null for a new one, `present` false for one that is gone. */
export interface Example {
  readonly present: boolean;
  readonly before: Row | null;
  readonly after: Row;
}

/** One difference in a line: which row, and each column that changed with its value before and after. */
export function describe({ key, columns }: LoadedTable, { present, before, after }: Example): string {
  if (key.length === 0)
    return before === null ? "added" : differences(asRow(before["body"]), asRow(after["body"])).join(", ");
  const name = key.flatMap((column) => named(column, after[column])).join(" ");
  if (before === null) return `${name}: added`;
  if (!present) return `${name}: removed`;
  const values = columns.filter((column) => !key.includes(column));
  const pick = (row: Row) => Object.fromEntries(values.map((column) => [column, row[column]]));
  return `${name}: ${differences(pick(before), pick(after)).join(", ")}`;
}

function differences(before: Row, after: Row): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((column) => JSON.stringify(before[column] ?? null) !== JSON.stringify(after[column] ?? null))
    .map((column) => `${headerOf(column)} ${shown(column, before[column])} → ${shown(column, after[column])}`);
}

/** A JSON document as one row, its keys by their path: "deterioration.boardAfter". */
function asRow(body: unknown): Row {
  return Object.fromEntries(leaves(body, []));
}

function leaves(value: unknown, path: readonly string[]): [string, unknown][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [[path.join("."), value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

function named(column: string, value: unknown): string[] {
  if (value === null || value === undefined) return [];
  const words = { from_period: "from ", to_period: "to ", level: "level " }[column] ?? "";
  return [`${words}${shown(column, value)}`];
}

/** The header that a column has in the analyst's file. */
function headerOf(column: string): string {
  return column === "from_period" ? "from" : column === "to_period" ? "to" : column;
}

function shown(column: string, value: unknown): string {
  if (value === null || value === undefined || value === "") return "none";
  if (column === "period" || column.endsWith("_period"))
    return formatPeriod(periodOf(Math.floor(Number(value) / 12), (Number(value) % 12) + 1), "monthly");
  if (Array.isArray(value)) return shownList(column, value);
  return typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value);
}

function shownList(column: string, values: readonly unknown[]): string {
  if (values.length === 0) return "none";
  if (column === "definition_changes") return values.map((value) => shown("period", value)).join(";");
  return values.map(String).join("|");
}
