import { CANONICAL_COLUMNS, CanonicalLine, type CanonicalHeader, type Column } from "./canonical-line.ts";
import type { Findings, Layout } from "./findings.ts";
import { isBlank, missingColumns, placesOf, refuseTwice } from "./header.ts";
import { PeriodReader } from "./period-reader.ts";
import { FileRejected } from "./problem.ts";
import type { ReadRequest } from "./read-result.ts";

/** The canonical file: one row an observation, columns in any order (contract section 5). */
export function canonicalLayout({ metrics, now }: ReadRequest, found: Findings): Layout {
  const periods = new PeriodReader(now);
  let header: CanonicalHeader | null = null;
  return {
    onRow(cells, row) {
      if (header !== null) new CanonicalLine(header, { cells, row }, found.problems).readInto(found, metrics, periods);
      else if (!isBlank(cells)) header = readHeader(cells, row, found);
    },
    end() {
      if (header === null) throw new FileRejected("empty-file", "The file has nothing but blank lines.");
    },
    issued: () => null,
  };
}

function readHeader(cells: readonly string[], row: number, found: Findings): CanonicalHeader {
  const known = placesOf(cells, row);
  const has = (column: Column): boolean => known.has(column);
  const missing: string[] = (["period", "organisation", "metric"] as const).filter((column) => !has(column));
  if (!has("value") && !(has("numerator") && has("denominator"))) missing.push("value");
  if (missing.length > 0) throw missingColumns(missing, cells, row);
  refuseTwice(cells, new Set(CANONICAL_COLUMNS), row);
  for (const [header, place] of known) {
    if (CANONICAL_COLUMNS.some((column) => column === header)) continue;
    const name = cells[place]?.trim() ?? header;
    found.problems.add("warning", "unknown-column", "This column is not known and is ignored.", { row, column: name });
  }
  return {
    width: cells.length,
    places: Object.fromEntries(CANONICAL_COLUMNS.map((column) => [column, known.get(column)])),
  };
}
