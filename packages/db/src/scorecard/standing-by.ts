import {
  expectedBy,
  isOpenIn,
  latestBy,
  openPeriods,
  type Period,
  placeAgainstTarget,
  type Rag,
  RAGS,
  stepOf,
  type TargetPlace,
} from "@signalbox/domain";
import type { Metric, Organisation } from "../catalogue/current-catalogue.ts";
import { RAG_LETTERS } from "../evaluation/write-decisions.ts";

/** One decided series, its values place by place from `first`; NaN for none. */
export interface DecidedSeries {
  readonly series: number;
  readonly metric: Metric;
  readonly organisation: Organisation;
  readonly first: Period;
  readonly values: Float64Array;
  /** One letter or digit a place. */
  readonly rag: string;
  readonly provisional: string;
  readonly partial: string;
  /** Places whose value waits for its executive's signature, and is not there for whoever asks. */
  readonly unsigned: ReadonlySet<number>;
  target(period: Period): number;
}

/** How a series stands by the end of a month: by its latest figure, which may be of an earlier period than is looked for. */
export interface Standing {
  /** The place of the figure in the series; -1 for none. */
  readonly place: number;
  readonly period: Period;
  readonly value: number | null;
  readonly target: number | null;
  readonly against: TargetPlace;
  readonly rag: Rag;
  readonly provisional: boolean;
  readonly partial: boolean;
  readonly isEarlier: boolean;
  /** Whether a later figure waits for its executive's signature. */
  readonly awaitsSignature: boolean;
}

/** The standing of a series by a month; null where it had not begun, or its organisation was not open. */
export function standingBy(series: DecidedSeries, through: Period): Standing | null {
  const { metric, organisation, first, values } = series;
  const { frequency } = metric;
  const expected = expectedBy(through, frequency);
  if (expected < first || !isOpenIn(openPeriods(daysOf(organisation), frequency), expected)) return null;
  const step = stepOf(frequency);
  const place = latestBy({ first, step, values }, through);
  const period = place === -1 ? expected : ((first + place * step) as Period);
  const value = values[place] ?? NaN;
  const target = series.target(period);
  const looked = (expected - first) / step;
  return {
    place,
    period,
    value: orNull(value),
    target: metric.better === "neither" ? null : orNull(target),
    against: placeAgainstTarget(metric, value, target),
    rag: RAGS[RAG_LETTERS.indexOf(series.rag[place] ?? "n")] ?? "grey",
    provisional: series.provisional[place] === "1",
    partial: series.partial[place] === "1",
    isEarlier: period < expected,
    awaitsSignature: series.unsigned.size > 0 && [...series.unsigned].some((at) => at > place && at <= looked),
  };
}

/** The last month of the latest period with a value, one that waits for its signature too; null without any. */
export function lastMonthOf({ metric, first, values, unsigned }: DecidedSeries): Period | null {
  const place = values.findLastIndex((value, at) => !Number.isNaN(value) || unsigned.has(at));
  const step = stepOf(metric.frequency);
  return place === -1 ? null : ((first + place * step + step - 1) as Period);
}

function daysOf({ opened, closed }: Organisation) {
  const day = (text: string | null) => (text === null ? null : Temporal.PlainDate.from(text));
  return { opened: day(opened), closed: day(closed) };
}

const orNull = (number: number): number | null => (Number.isNaN(number) ? null : number);
