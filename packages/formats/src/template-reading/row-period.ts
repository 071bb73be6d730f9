import type { Frequency } from "@signalbox/domain";
import { FileRejected } from "../problem.ts";
import type { PeriodSource } from "../template.ts";
import { headerAt, type TableSetting } from "./table-setting.ts";
import { type SpanRead, TablePeriods } from "./table-periods.ts";
import { textsOf } from "./text-around.ts";

/** A column of values under a header that is a period. */
export interface PeriodColumn {
  place: number;
  text: string;
  header: string;
}

/** Says of which period a row, or a column of it, is. */
export class RowPeriod {
  readonly periods: TablePeriods;
  /** Where a problem with it is reported. */
  readonly column: string;
  readonly across: readonly PeriodColumn[] | null;
  readonly #source: PeriodSource;
  readonly #places: readonly number[];
  readonly #ofTable: string | null;

  /** Throws FileRejected where the whole table is of one period, and nothing says which. */
  constructor(source: PeriodSource, setting: TableSetting, frequencies: ReadonlySet<Frequency>) {
    const { template, now } = setting.reading;
    this.#source = source;
    this.periods = periodsOf(source, { template: template.name, now });
    const names = source.from === "cell" ? source.columns : source.from === "dates" ? [source.first, source.last] : [];
    this.#places = names.map((name) => setting.columns.get(name)?.places[0] ?? -1);
    this.column = names.length > 0 ? headerAt(setting, this.#places[0] ?? -1) : source.from;
    this.across = source.from === "headers" ? periodColumns(setting, this.periods) : null;
    this.#ofTable =
      source.from === "cell" || source.from === "dates" || source.from === "headers"
        ? null
        : this.#around(source, setting, frequencies);
  }

  /** The row's text of it, as a problem shows it. */
  text(cells: readonly string[]): string {
    const places = this.#places;
    if (this.#ofTable !== null) return this.#ofTable;
    if (places.length === 1) return cells[places[0] ?? -1]?.trim() ?? "";
    return places
      .map((place) => cells[place]?.trim() ?? "")
      .join(" ")
      .trim();
  }

  /** The period of a row whose periods do not stand across. */
  of(cells: readonly string[], frequency: Frequency): SpanRead {
    if (this.#source.from !== "dates") return this.periods.read(this.text(cells), frequency);
    const [first = -1, last = -1] = this.#places;
    return this.periods.readSpan(cells[first]?.trim() ?? "", cells[last]?.trim() ?? "", frequency);
  }

  #around(
    source: Exclude<PeriodSource, { from: "cell" | "dates" | "headers" }>,
    { around, where, reading }: TableSetting,
    frequencies: ReadonlySet<Frequency>,
  ): string {
    const texts = textsOf(source, around);
    for (const text of texts) {
      for (const frequency of frequencies) if (this.periods.plainly(text, frequency) !== null) return text;
    }
    const places = {
      filename: "file's name",
      sheet: "sheet's name",
      heading: "rows above the header",
      label: "rows above the header",
    };
    const label = source.from === "label" ? ` beside "${source.label}"` : "";
    const said = texts[0] === undefined ? "" : ` "${texts[0]}" is not understood.`;
    const message = `${where}The ${places[source.from]} must say${label} which period this is, as the template ${reading.template.name} expects.${said}`;
    throw new FileRejected("no-period", message);
  }
}

/** How a source's periods are written. */
export function periodsOf(source: PeriodSource, of: { template: string; now: string }): TablePeriods {
  const pattern = "pattern" in source ? source.pattern : undefined;
  const anyDay = "anyDay" in source && source.anyDay;
  return new TablePeriods({ pattern, quarterBy: source.quarterBy, anyDay }, of);
}

/** The headers that are periods and no column of the template's. */
export function periodColumns(
  { headers, columns }: Pick<TableSetting, "headers" | "columns">,
  periods: TablePeriods,
): PeriodColumn[] {
  const taken = new Set([...columns.values()].flatMap(({ places }) => places));
  return headers
    .filter(({ place, last }) => !taken.has(place) && periods.says(last) !== null)
    .map(({ place, last, shown }) => ({ place, text: last, header: shown }));
}
