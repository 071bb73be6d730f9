import type { MetricNotation } from "../canonical-row.ts";
import type { Findings } from "../findings.ts";
import type { Template } from "../template.ts";
import type { FoundColumns } from "./find-columns.ts";
import type { Header } from "./header-rows.ts";
import type { TextAround } from "./text-around.ts";
import type { Trace } from "./trace.ts";

/** A template and the file it is used on. */
export interface Reading {
  template: Template;
  metrics: ReadonlyMap<string, MetricNotation>;
  /** Today, "YYYY-MM-DD". */
  now: string;
  found: Findings;
  trace: Trace | null;
}

/** A table whose header has been found, and all that stands around it. */
export interface TableSetting {
  reading: Reading;
  columns: FoundColumns;
  headers: readonly Header[];
  around: TextAround;
  /** What messages begin with: the sheet's name where several are read. */
  where: string;
}

/** The header in a place, for people; the place itself where there is none. */
export function headerAt({ headers }: TableSetting, place: number): string {
  return headers.find((header) => header.place === place)?.shown ?? `column ${place + 1}`;
}
