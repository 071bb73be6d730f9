import { CANONICAL_COLUMNS, CanonicalLine, type CanonicalHeader, type Column } from "./canonical-line.ts";
import { type Findings, isNote, type Layout } from "./findings.ts";
import { isBlank, missingColumns, placesOf, refuseTwice } from "./header.ts";
import { PeriodReader } from "./period-reader.ts";
import { FileRejected } from "./problem.ts";
import type { ReadRequest } from "./read-result.ts";
import type { SheetSeen } from "./reader.ts";
import { joined } from "./template-reading/text-around.ts";
import { addressOf, type Trace } from "./template-reading/trace.ts";

/** The canonical file: one row an observation, columns in any order (contract section 5). */
export class CanonicalLayout implements Layout {
  readonly name = null;
  readonly had = 0;
  readonly #request: Pick<ReadRequest, "metrics" | "now">;
  readonly #found: Findings;
  readonly #periods: PeriodReader;
  readonly #trace: Trace | null;
  #header: CanonicalHeader | null = null;
  #sheet: string | null = null;
  #hiddenRows = 0;

  constructor(
    request: Pick<ReadRequest, "metrics" | "now">,
    { found, trace }: { found: Findings; trace: Trace | null },
  ) {
    this.#request = request;
    this.#found = found;
    this.#trace = trace;
    this.#periods = new PeriodReader(request.now);
  }

  get fits(): boolean {
    return this.#header !== null;
  }

  get idle(): boolean {
    return false;
  }

  get readSheet(): string | null {
    return this.#sheet;
  }

  /** The first sheet that is shown. */
  wants({ name, hidden }: SheetSeen): boolean {
    if (hidden || this.#sheet !== null) return false;
    this.#sheet = name;
    return true;
  }

  onRow(cells: readonly string[], row: number, hidden: boolean): void {
    const found = this.#found;
    if (this.#header === null) {
      if (isBlank(cells)) return;
      this.#header = readHeader(cells, row, found);
      if (this.#trace !== null) this.#tellHeader(this.#trace, cells, row);
      return;
    }
    if (hidden) this.#hiddenRows++;
    const line = new CanonicalLine(this.#header, { cells, row }, found.problems);
    const { length } = found.rows;
    const { read } = found;
    line.readInto(found, this.#request.metrics, this.#periods);
    if (this.#trace !== null) this.#tell(this.#trace, { cells, row }, { length, read });
  }

  #tellHeader(trace: Trace, cells: readonly string[], row: number): void {
    const columns = cells.flatMap((cell, place) => {
      const header = cell.trim();
      const names = CANONICAL_COLUMNS.filter((column) => this.#header?.places[column] === place);
      return header === "" ? [] : [{ address: addressOf(place, row), header, names }];
    });
    trace.onTable({ sheet: this.#sheet ?? "", row, columns });
  }

  /** Tells what a row became: `before` is what had been found by then. */
  #tell(
    trace: Trace,
    { cells, row }: { cells: readonly string[]; row: number },
    before: { length: number; read: number },
  ): void {
    const { read, rows, problems } = this.#found;
    const sheet = this.#sheet ?? "";
    if (read === before.read) {
      if (!isBlank(cells))
        trace.onPassed({ sheet, row, why: isNote(cells) ? "one-cell" : "passed-over", text: joined(cells) });
      return;
    }
    const places = this.#header?.places ?? {};
    const place = places.value ?? places.numerator ?? 0;
    const text = (column: "period" | "organisation" | "metric"): string => cells[places[column] ?? -1]?.trim() ?? "";
    const cell = { address: addressOf(place, row), text: cells[place]?.trim() ?? "" };
    const at = { period: text("period"), organisation: text("organisation"), metric: text("metric") };
    const taken = rows.length > before.length;
    const { value = null, noValue = null, mark = null } = taken ? rows.figureAt(before.length) : {};
    const refused = taken ? null : problems.lastCode();
    trace.onRow({ sheet, row, cells: [cell], ...at, value, noValue, mark, refused });
  }

  sheetEnds(): void {}

  end(): void {
    if (this.#header === null) throw this.rejection();
    if (this.#hiddenRows === 0) return;
    const message = `${this.#hiddenRows} hidden rows were read like the others. Delete them where they are not meant.`;
    this.#found.problems.add("warning", "hidden-rows", message, {});
  }

  rejection(): FileRejected {
    return new FileRejected("empty-file", "The file has nothing but blank lines.");
  }

  issued(): null {
    return null;
  }
}

function readHeader(cells: readonly string[], row: number, found: Findings): CanonicalHeader {
  const known = placesOf(cells, row);
  const has = (column: Column): boolean => known.has(column);
  const missing: string[] = (["period", "organisation", "metric"] as const).filter((column) => !has(column));
  if (!has("value") && !(has("numerator") && has("denominator"))) missing.push("value");
  if (missing.length > 0) throw missingColumns(missing, { cells, row });
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
