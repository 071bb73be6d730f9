import type { Findings } from "./findings.ts";
import { missingColumns, placesOf, plainHeader, refuseTwice } from "./header.ts";
import type { Template } from "./template.ts";

/** Where a template's columns stand in a file: place and header of each, by our name for it. */
export type TemplateColumns = ReadonlyMap<string, { place: number; header: string }>;

/** What a row lacks of a template's columns, as a person would look for them; none missing makes it the header. */
export function lacking(template: Template, cells: readonly string[], row: number): string[] {
  const places = placesOf(cells, row);
  return Object.values(template.columns)
    .filter(({ headers, optional }) => !optional && !headers.some((header) => places.has(plainHeader(header))))
    .map(({ headers }) => `"${headers[0]}"`);
}

/** Finds the columns in the header row, and reports those that neither the template's columns nor `ignore` know. */
export function columnsIn(template: Template, cells: readonly string[], row: number, found: Findings): TemplateColumns {
  const places = placesOf(cells, row);
  const columns = new Map<string, { place: number; header: string }>();
  const used = new Set<string>();
  for (const [name, { headers }] of Object.entries(template.columns)) {
    const header = headers.map(plainHeader).find((known) => places.has(known));
    const place = header === undefined ? undefined : places.get(header);
    if (header === undefined || place === undefined) continue;
    used.add(header);
    columns.set(name, { place, header: cells[place]?.trim() ?? header });
  }
  refuseTwice(cells, used, row);
  const ignored = new Set(template.ignore.map(plainHeader));
  for (const [header, place] of places) {
    if (used.has(header) || ignored.has(header)) continue;
    const name = cells[place]?.trim() ?? header;
    found.problems.add("warning", "unknown-column", "The template does not know this column; it is ignored.", {
      row,
      column: name,
    });
  }
  return columns;
}

/** The rejection of a file whose first rows hold no header: it names what the likeliest row lacks. */
export class HeaderSearch {
  #closest: { cells: readonly string[]; row: number; missing: string[] } | null = null;

  /** Remembers a row that is no header. */
  passed(cells: readonly string[], row: number, missing: string[]): void {
    if (this.#closest !== null && this.#closest.missing.length <= missing.length) return;
    this.#closest = { cells: [...cells], row, missing };
  }

  rejection(): ReturnType<typeof missingColumns> | null {
    return this.#closest && missingColumns(this.#closest.missing, this.#closest.cells, this.#closest.row);
  }
}
