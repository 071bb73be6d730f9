import { ASSURANCE_WORDS, assuranceIcon, variationIcon, variationSaid } from "@signalbox/charts";
import type { Metric, SeriesPoints } from "@signalbox/db";
import { formatValue, nameOfPeriod, type SeriesChart, type ThresholdRow } from "@signalbox/domain";
import type { ChartedSeries } from "@signalbox/explain/charted-series";
import { limitRowInWords } from "@signalbox/explain/limit-words";
import { besidePath, pathInWords } from "@signalbox/explain/path-in-words";
import { ragAndSpc } from "@signalbox/explain/rag-and-spc";
import { RAG_MARKS } from "../../rag-marks.ts";

/** Below this many values the limits still move with each new one, and are called trial limits. */
const FEW = 13;

interface Headed {
  readonly metric: Metric;
  readonly found: SeriesPoints;
  readonly chart: SeriesChart;
  readonly charted: ChartedSeries | null;
  readonly limit: ThresholdRow | null;
}

/** What a series' page says first: one sentence, the last value with what it is held against, and the icons with their words. */
export function headline({ metric, found, chart, charted, limit }: Headed) {
  const at = found.points.findLastIndex(({ value }) => value !== null);
  const last = found.points[at];
  const write = (value: number | null) => (value === null ? "none" : formatValue(value, metric));
  if (last === undefined) return { sentence: "There are no values of this series that you may see yet.", last: null };
  const period = nameOfPeriod(last.period, found.frequency);
  const rag = RAG_MARKS[last.rag];
  const joined = charted && ragAndSpc({ ...last, frequency: found.frequency }, charted, found.better);
  const sentence = joined === null ? `${write(last.value)} in ${period}: ${rag.word.toLowerCase()}.` : joined;
  const { variation, assurance } = chart;
  return {
    sentence,
    last: { period, value: write(last.value), plan: write(last.plan), target: write(last.target), rag },
    expected: besidePath(last.value, found.expected?.get(last.period), metric),
    promised: pathInWords(found, metric)[0] ?? null,
    limits: limit === null ? "none" : limitRowInWords(limit, metric),
    silent:
      at === found.points.length - 1 ? null : nameOfPeriod(found.points.at(-1)?.period ?? last.period, found.frequency),
    variation:
      charted === null || charted.chart.variation === null || variation === null
        ? null
        : { icon: variationIcon(variation, found.better, "variation"), words: variationSaid(variation, found.better) },
    assurance:
      charted === null || charted.chart.variation === null || assurance === null
        ? null
        : { icon: assuranceIcon(assurance, "assurance"), words: ASSURANCE_WORDS[assurance] },
    few: charted === null ? null : fewValues(chart),
  };
}

/** How many values the last limits are made of, where they are few; null otherwise. */
function fewValues({ points }: SeriesChart): number | null {
  const group = points.findLast((point) => point !== null)?.group;
  const many = points.filter((point) => point !== null && point.group === group && !Number.isNaN(point.value)).length;
  return many < FEW ? many : null;
}
