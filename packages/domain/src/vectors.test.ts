import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { assessSeries } from "./assess-series.ts";
import type { MetricRules } from "./metric.ts";
import { parsePeriod, type Period, stepOf } from "./period.ts";
import { protocolSchema, rulesFor } from "./protocol.ts";
import { RAGS } from "./rag.ts";
import { reasonsOf } from "./reasons.ts";
import { decideReporting } from "./reporting.ts";
import type { SeriesFacts } from "./series-facts.ts";
import { areasStanding } from "./several-areas.ts";
import type { Basis, ThresholdRow } from "./thresholds.ts";
import { type Tier, tierAt } from "./tier.ts";

interface SeriesVector {
  name: string;
  metric: Omit<MetricRules, "definitionChanges" | "minimumChange"> & {
    definitionChanges: string[];
    minimumChange?: number;
  };
  isSystem: boolean;
  protocol: unknown;
  thresholds: {
    organisation: "own" | "level" | "*";
    status: "approved" | "draft";
    basis: Basis;
    board: number | null;
    slt: number | null;
    from: string;
    to: string | null;
  }[];
  through: string;
  observations: {
    period: string;
    actual: number | null;
    plan?: number | null;
    systemPlan?: number | null;
    partial?: boolean;
  }[];
  expected: { assessments: unknown[]; events: unknown[]; tier: string };
}

const vectors = JSON.parse(readFileSync(new URL("../vectors/protocol.json", import.meta.url), "utf8")) as {
  series: SeriesVector[];
  severalAreas: { name: string; standing: [string, Tier][]; areas: number; expected: unknown }[];
  reporting: {
    name: string;
    silentFor: Record<string, Record<string, number>>;
    boardAfter: number;
    expected: unknown;
  }[];
};

test.each(vectors.series)("series: $name", (vector) => {
  const { events, ...assessment } = assessSeries(factsOf(vector));
  const { first, step, count } = assessment;
  const assessments = Array.from({ length: count }, (_, i) => ({
    period: monthOf(first + i * step),
    rag: RAGS[assessment.rag[i] ?? -1],
    provisional: assessment.provisional[i] === 1,
    deterioratingFor: assessment.deterioratingFor[i],
    watch: assessment.watch[i] === 1,
    silentFor: assessment.silentFor[i],
    reasons: reasonsOf(assessment.reasons[i] ?? 0),
    tier: tierAt(assessment.tier[i]),
  }));
  expect({
    assessments,
    events: events.map(({ period, event, tier }) => ({ period: monthOf(period), event, tier })),
    tier: tierAt(assessment.tier[count - 1]),
  }).toEqual(vector.expected);
});

test.each(vectors.severalAreas)("several areas: $name", ({ standing, areas, expected }) => {
  expect(areasStanding(standing, areas)).toEqual(expected);
});

test.each(vectors.reporting)("reporting: $name", ({ silentFor, boardAfter, expected }) => {
  const byMetric = Object.entries(silentFor).map(([metric, byMonth]) => {
    const counts = Object.entries(byMonth).map(([text, count]) => [month(text), count] as const);
    return [metric, new Map(counts)] as const;
  });
  const events = decideReporting(new Map(byMetric), { boardAfter, step: 1 });
  expect(events.map((event) => ({ ...event, period: monthOf(event.period) }))).toEqual(expected);
});

function factsOf({ metric, isSystem, protocol, thresholds, through, observations }: SeriesVector): SeriesFacts {
  const step = stepOf(metric.frequency);
  const first = month(observations[0]?.period ?? through);
  const count = (month(through) - first) / step + 1;
  const column = (read: (row: SeriesVector["observations"][number]) => number | null | undefined): Float64Array => {
    const values = new Float64Array(count).fill(NaN);
    for (const row of observations) values[(month(row.period) - first) / step] = read(row) ?? NaN;
    return values;
  };
  return {
    metric: {
      ...metric,
      minimumChange: metric.minimumChange ?? null,
      definitionChanges: metric.definitionChanges.map(month),
    },
    isSystem,
    rules: rulesFor(protocolSchema.parse(protocol), metric.frequency),
    thresholds: thresholds.map(({ organisation, from, to, ...row }, id): ThresholdRow => ({
      ...row,
      id,
      scope: organisation,
      from: month(from),
      to: to === null ? null : month(to),
    })),
    first,
    count,
    actual: column((row) => row.actual),
    reasonGiven: new Uint8Array(count),
    plan: column((row) => row.plan),
    systemPlan: column((row) => row.systemPlan),
    partial: Uint8Array.from(column((row) => (row.partial === true ? 1 : 0))),
  };
}

function month(text: string): Period {
  const period = parsePeriod(text, "monthly");
  if (period === null) throw new Error(`${text} is no month`);
  return period;
}

function monthOf(period: number): string {
  return `${Math.floor(period / 12)}-${String((period % 12) + 1).padStart(2, "0")}`;
}
