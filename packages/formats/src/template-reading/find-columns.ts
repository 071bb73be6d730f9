import type { Findings } from "../findings.ts";
import { FileRejected } from "../problem.ts";
import { type ColumnSpec, patternOf, type Template } from "../template.ts";
import type { Header } from "./header-rows.ts";
import { headerText } from "./header-text.ts";

/** A column of ours in one file: the places that are added up, and the header of the first. */
export interface FoundColumn {
  places: readonly number[];
  header: string;
}

export type FoundColumns = ReadonlyMap<string, FoundColumn>;

/** A template's columns made ready to be looked for, once for all rows that are tried. */
export class ColumnFinder {
  readonly #template: Template;
  readonly #wanted: readonly Wanted[];
  readonly #required: readonly Wanted[];
  readonly #ignored: ReadonlySet<string>;
  readonly #ignoredPatterns: readonly RegExp[];

  constructor(template: Template) {
    this.#template = template;
    this.#wanted = Object.entries(template.columns).map(([name, spec]) => wantedOf(name, spec));
    this.#required = this.#wanted.filter(({ optional }) => !optional);
    this.#ignored = new Set(template.ignore.filter((one) => typeof one === "string").map(headerText));
    this.#ignoredPatterns = template.ignore
      .filter((one) => typeof one !== "string")
      .map(({ pattern }) => patternOf(pattern));
  }

  /** What headers lack of the columns that are not optional, as a person would look for them. */
  lacking(headers: readonly Header[]): string[] {
    const index = new HeaderIndex(headers);
    return this.#required.filter((wanted) => placesOf(wanted, headers, index) === null).map(({ shown }) => shown);
  }

  /** Finds the columns; refuses one that is there twice, for which of them counts would be a guess. */
  find(headers: readonly Header[], row: number): FoundColumns {
    const index = new HeaderIndex(headers);
    const found = new Map<string, FoundColumn>();
    for (const wanted of this.#wanted) {
      const seen = placesOf(wanted, headers, index);
      if (seen === null) continue;
      if (seen.twice) throw new FileRejected("duplicate-column", `The column ${seen.header} is there twice.`, row);
      found.set(wanted.name, seen);
    }
    return found;
  }

  /** Reports headers that neither columns, `ignore` nor `used` know: each by itself, or many in one warning. */
  report(
    headers: readonly Header[],
    columns: FoundColumns,
    used: ReadonlySet<number>,
    at: { row: number; found: Findings },
  ): void {
    const known = new Set([...used, ...[...columns.values()].flatMap(({ places }) => places)]);
    const unknown = headers.filter(
      ({ place, full, last }) => !known.has(place) && !this.#ignores(full, headerText(last)),
    );
    const { row, found } = at;
    if (unknown.length <= FEW) {
      for (const { shown } of unknown)
        found.problems.add("warning", "unknown-column", "The template does not know this column; it is ignored.", {
          row,
          column: shown,
        });
      return;
    }
    const names = unknown.slice(0, LISTED).map(({ shown }) => shown.replace(/\s+/g, " "));
    const more = unknown.length > names.length ? ` and ${unknown.length - names.length} more` : "";
    const message = `The template ${this.#template.name} does not know ${unknown.length} columns; they are ignored: ${names.join(", ")}${more}.`;
    found.problems.add("warning", "unknown-column", message, { row });
  }

  /** Like a column, one may be named by its last row alone. */
  #ignores(header: string, last: string): boolean {
    return (
      this.#ignored.has(header) ||
      this.#ignored.has(last) ||
      this.#ignoredPatterns.some((pattern) => pattern.test(header))
    );
  }
}

const FEW = 3;
const LISTED = 10;

interface Wanted {
  name: string;
  optional: boolean;
  shown: string;
  headers: readonly string[];
  every: RegExp | null;
  /** How many columns there must be at the least. */
  count: number;
}

function wantedOf(name: string, spec: ColumnSpec): Wanted {
  const { optional } = spec;
  if ("every" in spec)
    return {
      name,
      optional,
      shown: `a column like "${spec.every}"`,
      headers: [],
      every: patternOf(spec.every),
      count: spec.count ?? 1,
    };
  return {
    name,
    optional,
    shown: `"${spec.headers[0]}"`,
    headers: spec.headers.map(headersText),
    every: null,
    count: 1,
  };
}

/** "Group: Header" with each part as it is compared. */
function headersText(header: string): string {
  return header.split(": ").map(headerText).join(": ");
}

/** Headers by their whole text, and by their last row's. */
class HeaderIndex {
  readonly full = new Map<string, Header[]>();
  readonly last = new Map<string, Header[]>();

  constructor(headers: readonly Header[]) {
    for (const header of headers) {
      gather(this.full, header.full, header);
      const last = headerText(header.last);
      if (last !== header.full) gather(this.last, last, header);
    }
  }
}

function gather(index: Map<string, Header[]>, text: string, header: Header): void {
  const known = index.get(text);
  if (known === undefined) index.set(text, [header]);
  else known.push(header);
}

function placesOf(
  { headers: names, every, count }: Wanted,
  headers: readonly Header[],
  index: HeaderIndex,
): (FoundColumn & { twice: boolean }) | null {
  if (every !== null) {
    const matching = headers.filter(({ full }) => every.test(full));
    const [first] = matching;
    return first === undefined || matching.length < count
      ? null
      : { places: matching.map(({ place }) => place), header: first.shown, twice: false };
  }
  for (const name of names) {
    const [first, second] = index.full.get(name) ?? [];
    if (first !== undefined) return { places: [first.place], header: first.shown, twice: second !== undefined };
  }
  for (const name of names) {
    const [first, second] = index.last.get(name) ?? [];
    if (first !== undefined && second === undefined)
      return { places: [first.place], header: first.shown, twice: false };
  }
  return null;
}
