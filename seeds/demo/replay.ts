import { type Catalogue, type Metric } from "@signalbox/catalogue";
import {
  aggregate,
  assessSeries,
  needsSignOff,
  parsePeriod,
  parseValue,
  ratio,
  rulesFor,
  stepOf,
  type Period,
  type SeriesAssessment,
  type ThresholdRow,
} from "@signalbox/domain";
import type { DemoFile } from "./generate.ts";

/** One series of the demo as its files leave it, by period from `first` on, and its assessment. */
export interface Replayed {
  readonly values: Values;
  readonly assessment: SeriesAssessment;
}

interface Values {
  readonly value: Float64Array;
  readonly numerator: Float64Array;
  readonly denominator: Float64Array;
  readonly answered: Uint8Array;
  readonly partial: Uint8Array;
}

interface Span {
  readonly first: Period;
  readonly step: 1 | 3;
  readonly count: number;
}

/**
 * What the pure rules make of the demo's files, by "metric organisation": the tests' way to see the stories without
 * a server. Later files restate earlier ones; aggregates are added up from the lowest organisation.
 */
export function replay(catalogue: Catalogue, files: readonly DemoFile[], last: Period): Map<string, Replayed> {
  const cells = cellsOf(files);
  const result = new Map<string, Replayed>();
  for (const metric of catalogue.metrics) {
    const step = stepOf(metric.frequency);
    const latest = step * Math.floor((last + 1) / step) - step;
    const first = (step * Math.ceil((last - 29) / step)) as Period;
    const span = { first, step, count: (latest - first) / step + 1 };
    const values = new Map<string, Values>();
    for (const { code } of catalogue.organisations.toReversed()) {
      const submitted = submittedValues(cells, { metric, organisation: code, span });
      const found = submitted ?? aggregated(catalogue, { metric, organisation: code, span, values });
      if (found === null) continue;
      values.set(code, found);
      const assessment = assessSeries(factsOf(catalogue, { metric, organisation: code, span, values: found }));
      result.set(`${metric.code} ${code}`, { values: found, assessment });
    }
  }
  return result;
}

function cellsOf(files: readonly DemoFile[]): Map<string, string[]> {
  const cells = new Map<string, string[]>();
  for (const { bytes } of files) {
    for (const line of bytes.toString().split("\r\n").slice(1, -1)) {
      const row = line.split(",");
      if (row[3] !== "#REF!") cells.set(row.slice(0, 3).join(" "), row);
    }
  }
  return cells;
}

interface Series {
  readonly metric: Metric;
  readonly organisation: string;
  readonly span: Span;
}

function emptyValues(count: number): Values {
  const none = (): Float64Array => new Float64Array(count).fill(NaN);
  const no = (): Uint8Array => new Uint8Array(count);
  return { value: none(), numerator: none(), denominator: none(), answered: no(), partial: no() };
}

function submittedValues(cells: Map<string, string[]>, { metric, organisation, span }: Series): Values | null {
  const values = emptyValues(span.count);
  let found = false;
  for (const [, [period, whose, what, value = "", numerator = "", denominator = ""]] of cells) {
    if (whose !== organisation || what !== metric.code) continue;
    const at = ((parsePeriod(period ?? "", metric.frequency) ?? NaN) - span.first) / span.step;
    if (!(at >= 0 && at < span.count)) throw new Error(`${metric.code} of ${organisation} has figures for ${period}`);
    found = true;
    if (numerator !== "") {
      values.numerator[at] = Number(numerator);
      values.denominator[at] = Number(denominator);
      values.value[at] = ratio(Number(numerator), Number(denominator), metric.unit);
      continue;
    }
    const parsed = parseValue(value, metric);
    if (parsed.kind === "problem") throw new Error(`${metric.code} of ${organisation}: ${parsed.message} (${value})`);
    if (parsed.kind === "value") values.value[at] = parsed.value;
    else values.answered[at] = 1;
  }
  return found ? values : null;
}

function aggregated(catalogue: Catalogue, series: Series & { values: Map<string, Values> }): Values | null {
  const { metric, organisation, span, values } = series;
  if (metric.aggregation === "none") return null;
  const children = catalogue.organisations.flatMap(({ code, parent }) => {
    const of = values.get(code);
    return parent !== organisation || of === undefined ? [] : [{ code, open: { first: null, last: null }, ...of }];
  });
  if (children.length === 0) return null;
  const passedThrough = (span.first + span.step * (span.count - 1)) as Period;
  return aggregate({ kind: metric.aggregation, unit: metric.unit, ...span, passedThrough, children });
}

function factsOf(catalogue: Catalogue, { metric, organisation, span, values }: Series & { values: Values }) {
  const isSystem = organisation === "WMR";
  const kind = catalogue.organisations.find(({ code }) => code === organisation)?.kind;
  const thresholds = catalogue.thresholds.flatMap((row, id): ThresholdRow[] => {
    const scope = row.organisation === organisation ? "own" : row.level === kind ? "level" : "*";
    const applies = scope !== "*" || (row.organisation === null && row.level === null);
    return row.metric === metric.code && applies ? [{ ...row, id, scope }] : [];
  });
  const planOf = (whose: string): Float64Array => {
    const plan = new Float64Array(span.count).fill(NaN);
    for (const { metric: of, organisation: by, period, value } of catalogue.plans) {
      if (of === metric.code && by === whose) plan[(period - span.first) / span.step] = value;
    }
    return plan;
  };
  const rules = rulesFor(catalogue.protocol, metric.frequency);
  return {
    metric,
    isSystem,
    rules,
    // Nobody has signed anything off when the demo is loaded.
    acts: { needsSignOff: needsSignOff(rules, metric.area), signOffs: [], closures: [] },
    thresholds,
    first: span.first,
    count: span.count,
    actual: values.value,
    reasonGiven: values.answered,
    plan: planOf(organisation),
    systemPlan: planOf("WMR"),
    partial: values.partial,
  };
}
