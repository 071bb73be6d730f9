import { patternOf, type RowFilter } from "../template.ts";
import type { FoundColumns } from "./find-columns.ts";
import { shortText, wholeText } from "./header-text.ts";

const REMEMBERED = 20_000;

/** A filter on one place of a row. Texts repeat down a column, so each is judged once. */
export class CompiledFilter {
  readonly place: number;
  readonly #judge: (text: string) => boolean;
  readonly #known = new Map<string, boolean>();

  constructor(place: number, filter: Omit<RowFilter, "column">) {
    this.place = place;
    this.#judge = judgeOf(filter);
  }

  holds(cells: readonly string[]): boolean {
    const text = cells[this.place] ?? "";
    const before = this.#known.get(text);
    if (before !== undefined) return before;
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    const holds = this.#judge(text.trim());
    this.#known.set(text, holds);
    return holds;
  }
}

/** The filters for one table; a column that the file lacks is empty in every row. */
export function compiledFilters(filters: readonly RowFilter[], columns: FoundColumns): CompiledFilter[] {
  return filters.map(({ column, ...filter }) => new CompiledFilter(columns.get(column)?.places[0] ?? -1, filter));
}

/** Whether all of these hold. */
export function allHold(filters: readonly CompiledFilter[], cells: readonly string[]): boolean {
  for (const filter of filters) if (!filter.holds(cells)) return false;
  return true;
}

function judgeOf({ is, matches, isNot }: Omit<RowFilter, "column">): (text: string) => boolean {
  if (matches !== undefined) {
    const pattern = patternOf(matches);
    return (text) => pattern.test(shortText(text));
  }
  const texts = new Set((is ?? isNot ?? []).map(wholeText));
  return is === undefined ? (text) => !texts.has(wholeText(text)) : (text) => texts.has(wholeText(text));
}
