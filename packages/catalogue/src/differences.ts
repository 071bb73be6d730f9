import type { Protocol } from "@signalbox/domain";
import type { Metric } from "./catalogue.ts";
import { type CatalogueRows, notationOf, PROTOCOL_FILE, writtenFiles } from "./written-files.ts";

/** One cell that differs; null where the row was not there, or is no more. */
export interface CellChange {
  readonly column: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** One row that differs: what tells it from others, as column and cell, and what is different about it. */
export interface RowChange {
  readonly what: "added" | "changed" | "removed";
  readonly key: readonly (readonly [column: string, cell: string])[];
  readonly cells: readonly CellChange[];
}

/** How a file differs: how many rows in all, and the first of them, changed ones before added before removed. */
export interface FileDifferences {
  readonly file: string;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly rows: readonly RowChange[];
}

/** A side of the comparison: rows in force, or those that came; the protocol null where it is the same on both sides. */
export interface Compared {
  readonly rows: CatalogueRows;
  /** All metrics of that side, by which values are written. */
  readonly metrics: Iterable<Metric>;
  readonly protocol: Protocol | null;
}

const ORDER = ["changed", "added", "removed"] as const;

/** How one catalogue differs from another, file by file in the files' own shape; at most `shown` rows of each. */
export function findDifferences(before: Compared, after: Compared, shown: number): FileDifferences[] {
  const [then, now] = [notationOf(before.metrics), notationOf(after.metrics)];
  const files = writtenFiles.map((written) => {
    const places = written.key.map((column) => written.columns.indexOf(column));
    const keyOf = (row: readonly string[]) => places.map((place) => row[place]).join("\0");
    const old = new Map(Iterator.from(written.rows(before.rows, then)).map((row) => [keyOf(row), row]));
    const changes: Changes = { added: [], changed: [], removed: [] };
    const keyed = (row: readonly string[]) =>
      places.flatMap((place): [string, string][] => {
        const cell = row[place] ?? "";
        return cell === "" ? [] : [[written.columns[place] ?? "", cell]];
      });
    for (const row of written.rows(after.rows, now)) {
      const key = keyOf(row);
      const was = old.get(key);
      old.delete(key);
      if (was === undefined) changes.added.push({ key: keyed(row), was: null, is: row });
      else if (was.some((cell, place) => cell !== row[place])) changes.changed.push({ key: keyed(row), was, is: row });
    }
    for (const row of old.values()) changes.removed.push({ key: keyed(row), was: row, is: null });
    return fileOf(written.file, written.columns, { changes, places: new Set(places), shown });
  });
  const protocols = [fileOfProtocol(before.protocol, after.protocol)];
  return [...files, ...protocols].filter(({ added, changed, removed }) => added + changed + removed > 0);
}

interface Pair {
  readonly key: readonly (readonly [string, string])[];
  readonly was: readonly string[] | null;
  readonly is: readonly string[] | null;
}
type Changes = Record<(typeof ORDER)[number], Pair[]>;

function fileOf(
  file: string,
  columns: readonly string[],
  { changes, places, shown }: { changes: Changes; places: ReadonlySet<number>; shown: number },
): FileDifferences {
  const rows = ORDER.flatMap((what) => changes[what].map((pair) => ({ what, ...pair })))
    .slice(0, shown)
    .map(({ what, key, was, is }) => ({ what, key, cells: cellsOf(columns, places, { was, is }) }));
  const { added, changed, removed } = changes;
  return { file, added: added.length, changed: changed.length, removed: removed.length, rows };
}

function cellsOf(
  columns: readonly string[],
  places: ReadonlySet<number>,
  { was, is }: Pick<Pair, "was" | "is">,
): CellChange[] {
  return columns.flatMap((column, place) => {
    const [before, after] = [was === null ? null : (was[place] ?? ""), is === null ? null : (is[place] ?? "")];
    const isSaid = !places.has(place) && (before ?? "") !== (after ?? "");
    return isSaid ? [{ column, before, after }] : [];
  });
}

/** The protocol as one row, its cells by the path of their keys: "deterioration.boardAfter". */
function fileOfProtocol(before: Protocol | null, after: Protocol | null): FileDifferences {
  const [was, is] = [leaves(before, []), leaves(after, [])];
  const cells = [...new Set([...was.keys(), ...is.keys()])].flatMap((column): CellChange[] => {
    const [one, other] = [was.get(column) ?? null, is.get(column) ?? null];
    return one === other ? [] : [{ column, before: one ?? "", after: other ?? "" }];
  });
  const changed = cells.length > 0 ? 1 : 0;
  return {
    file: PROTOCOL_FILE,
    added: 0,
    changed,
    removed: 0,
    rows: changed === 0 ? [] : [{ what: "changed", key: [], cells }],
  };
}

function leaves(value: unknown, path: readonly string[]): Map<string, string> {
  if (value === null || value === undefined) return new Map();
  if (typeof value !== "object" || Array.isArray(value)) {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return new Map([[path.join("."), text]]);
  }
  return new Map(Object.entries(value).flatMap(([key, inner]) => [...leaves(inner, [...path, key])]));
}
