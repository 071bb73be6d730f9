import { isBlank, missingColumns } from "../header.ts";
import { FileRejected } from "../problem.ts";
import { patternOf, type Tell } from "../template.ts";
import { type Header, headersOf } from "./header-rows.ts";
import { ColumnFinder, type FoundColumns } from "./find-columns.ts";
import { periodColumns, periodsOf } from "./row-period.ts";
import { metricHeaders } from "./table-metrics.ts";
import type { Reading } from "./table-setting.ts";
import { joined, type SheetText } from "./text-around.ts";

/** A header that a template knows. */
export interface FoundHeader {
  headers: readonly Header[];
  columns: FoundColumns;
  /** The places of columns whose headers are periods or metrics. */
  across: readonly number[];
  row: number;
}

/** What came nearest to being a template's header, where none was. */
export interface Nearest {
  missing: readonly string[];
  /** Its headers. */
  cells: readonly string[];
  row: number;
  sheet: string;
}

/** Looks for a template's header among the first rows of each sheet. */
export class HeaderSearch {
  nearest: Nearest | null = null;
  readonly #reading: Reading;
  readonly #filename: string;
  readonly #finder: ColumnFinder;
  #recent: { cells: readonly string[]; row: number }[] = [];

  constructor(reading: Reading, filename: string) {
    this.#reading = reading;
    this.#filename = filename;
    this.#finder = new ColumnFinder(reading.template);
  }

  sheetBegins(): void {
    this.#recent = [];
  }

  /** Whether a row can still be a header. */
  within(row: number): boolean {
    return row <= this.#reading.template.header.within;
  }

  /** The header that ends with this row; null where it is none. Unknown columns are reported. */
  at(cells: readonly string[], row: number, around: { sheet: string; above: SheetText["rows"] }): FoundHeader | null {
    const { template, found } = this.#reading;
    this.#recent = [...this.#recent, { cells: [...cells], row }].filter((one) => one.row > row - template.header.rows);
    if (isBlank(cells)) return null;
    const rows = Array.from(
      { length: template.header.rows },
      (_, at) => this.#recent.find((one) => one.row === row - template.header.rows + 1 + at)?.cells ?? [],
    );
    const headers = headersOf(rows, row);
    const missing = [...this.#finder.lacking(headers), ...this.#unlike(headers, around)];
    const at = { cells: headers.map(({ shown }) => shown), row, sheet: around.sheet };
    if (missing.length > 0) return this.#passed({ missing, ...at });
    const columns = this.#finder.find(headers, row);
    const across = this.#across(headers, columns);
    if (across !== null && across.length === 0) {
      const what = template.period.from === "headers" ? "a period" : "a metric of the catalogue";
      return this.#passed({ missing: [`a header that is ${what}`], ...at });
    }
    this.#finder.report(headers, columns, new Set(across), { row, found });
    return { headers, columns, across: across ?? [], row };
  }

  /** The rejection of a file in which no header was found. */
  rejection(): FileRejected {
    const { name, header } = this.#reading.template;
    if (this.nearest === null) {
      const message = `None of the first ${header.within} rows is the header that the template ${name} looks for.`;
      return new FileRejected("missing-columns", message);
    }
    return missingColumns(this.nearest.missing, this.nearest);
  }

  /** Remembers a row that is no header, if none before it lacked less. */
  #passed(row: Nearest): null {
    if (this.nearest === null || row.missing.length < this.nearest.missing.length) this.nearest = row;
    return null;
  }

  /** The places of columns whose headers are periods or metrics; null where the template has none such. */
  #across(headers: readonly Header[], columns: FoundColumns): number[] | null {
    const { template, now } = this.#reading;
    if (template.period.from === "headers")
      return periodColumns({ headers, columns }, periodsOf(template.period, { template: template.name, now })).map(
        ({ place }) => place,
      );
    if (Array.isArray(template.metrics) || template.metrics.from !== "headers") return null;
    return metricHeaders(this.#reading, headers, columns).map(({ place }) => place);
  }

  /** What tells this file from those of the template. */
  #unlike(headers: readonly Header[], { sheet, above }: { sheet: string; above: SheetText["rows"] }): string[] {
    const { needs, refuses } = this.#reading.template;
    if (needs.length === 0 && refuses.length === 0) return [];
    const found = ({ in: place, pattern }: Tell): boolean => {
      const compiled = patternOf(pattern);
      if (place === "filename") return compiled.test(this.#filename);
      if (place === "sheet") return compiled.test(sheet);
      if (place === "headings") return above.some(({ cells }) => compiled.test(joined(cells)));
      return headers.some(({ shown }) => compiled.test(shown));
    };
    return [
      ...needs.filter((tell) => !found(tell)).map(({ in: place, pattern }) => `"${pattern}" in its ${place}`),
      ...refuses.filter(found).map(({ in: place, pattern }) => `a ${place} without "${pattern}"`),
    ];
  }
}
