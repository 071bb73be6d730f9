import type { Frequency } from "@signalbox/domain";
import { type Measure, patternOf, type Template } from "../template.ts";
import { CompiledMetric, type MetricTable } from "./compiled-metric.ts";
import type { Header } from "./header-rows.ts";
import { headerText, wholeText } from "./header-text.ts";
import { headerAt, type Reading, type TableSetting } from "./table-setting.ts";

/** A metric, and the column of its values where metrics stand across. */
export interface MetricColumn {
  metric: CompiledMetric;
  place: number | null;
}

/** A metric that neither the template nor the catalogue knows. */
export type UnknownMetric = { unknown: string; column: string };

/** Says which metrics a row of a table gives. */
export class TableMetrics {
  readonly frequencies: ReadonlySet<Frequency>;
  readonly #fixed: readonly MetricColumn[];
  readonly #reading: Reading;
  readonly #table: MetricTable;
  readonly #place: number;
  readonly #column: string;
  readonly #byText = new Map<string, MetricColumn[] | UnknownMetric>();

  constructor(setting: TableSetting) {
    const { template, metrics } = setting.reading;
    this.#reading = setting.reading;
    this.#table = { template, columns: setting.columns, headerOf: (place) => headerAt(setting, place) };
    const said = template.metrics;
    const fromCell = !Array.isArray(said) && said.from === "cell";
    this.#place = fromCell ? (setting.columns.get(said.column)?.places[0] ?? -1) : -1;
    this.#column = fromCell ? headerAt(setting, this.#place) : "";
    this.#fixed = this.#known(setting);
    this.frequencies = new Set(
      fromCell
        ? [...metrics.values()].map(({ frequency }) => frequency)
        : this.#fixed.map(({ metric }) => metric.notation.frequency),
    );
  }

  /** All metrics met; by them the notes say who is missing. */
  met(): CompiledMetric[] {
    const byText = [...this.#byText.values()].flatMap((one) => ("unknown" in one ? [] : one));
    return [...this.#fixed, ...byText].map(({ metric }) => metric);
  }

  /** The metrics of a row, before their `where` is looked at. */
  of(cells: readonly string[]): readonly MetricColumn[] | UnknownMetric {
    if (this.#place < 0) return this.#fixed;
    const text = cells[this.#place] ?? "";
    const before = this.#byText.get(text);
    if (before !== undefined) return before;
    const read = this.#named(text.trim());
    this.#byText.set(text, read);
    return read;
  }

  #named(text: string): MetricColumn[] | UnknownMetric {
    const said = this.#reading.template.metrics;
    if (Array.isArray(said)) return [];
    const { codes, others, ...measure } = said;
    const code = codeOf(text, codes);
    const made = this.#make(code, measure);
    if (made !== null) return [{ metric: made, place: null }];
    return others === "pass-over" ? [] : { unknown: text, column: this.#column };
  }

  #make(code: string, measure: Measure): CompiledMetric | null {
    const notation = this.#reading.metrics.get(code);
    return notation === undefined ? null : new CompiledMetric(code, notation, { measure, table: this.#table });
  }

  #known({ headers, columns, around }: TableSetting): MetricColumn[] {
    const said = this.#reading.template.metrics;
    if (!Array.isArray(said)) {
      if (said.from === "cell") return [];
      return metricHeaders(this.#reading, headers, columns).flatMap(({ place, code }) => {
        const metric = this.#make(code, said);
        return metric === null ? [] : [{ metric, place }];
      });
    }
    return said.flatMap(({ metric: code, ...measure }) => {
      if (measure.sheets !== undefined && !patternOf(measure.sheets).test(around.sheet)) return [];
      const metric = this.#make(code, measure);
      if (metric === null) return [];
      if (metric.isInFile) return [{ metric, place: null }];
      const message = `The file has no column for ${code}, which is left out: nothing is said of it, not even that it has no value.`;
      this.#reading.found.problems.add("warning", "metric-not-in-file", message, { value: code });
      return [];
    });
  }
}

/** The headers that are metrics of the catalogue, by code or by what the template calls them. */
export function metricHeaders(
  { template, metrics }: Pick<Reading, "template" | "metrics">,
  headers: readonly Header[],
  columns: TableSetting["columns"],
): { place: number; code: string }[] {
  const said = template.metrics;
  if (Array.isArray(said) || said.from !== "headers") return [];
  const taken = new Set([...columns.values()].flatMap(({ places }) => places));
  return headers
    .filter(({ place }) => !taken.has(place))
    .map(({ place, last }) => ({ place, code: codeOf(last, said.codes) }))
    .filter(({ code }) => metrics.has(code));
}

/** The template's metrics that the catalogue lacks. */
export function unknownMetrics({ metrics: said }: Template, metrics: ReadonlyMap<string, unknown>): string[] {
  return Array.isArray(said) ? said.map(({ metric }) => metric).filter((code) => !metrics.has(code)) : [];
}

function codeOf(text: string, codes: Readonly<Record<string, string>>): string {
  const plain = text.trim();
  if (Object.hasOwn(codes, plain)) return codes[plain] ?? plain;
  const wanted = [wholeText(plain), headerText(plain)];
  return Object.entries(codes).find(([called]) => wanted.includes(wholeText(called)))?.[1] ?? plain;
}
