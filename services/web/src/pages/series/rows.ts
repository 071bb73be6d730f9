import {
  type CurrentCatalogue,
  type FigureVersion,
  type Metric,
  NOT_SIGNED_OFF,
  type SeriesAround,
  type SeriesPoint,
  type SeriesPoints,
} from "@signalbox/db";
import {
  type Cause,
  type ChartPoint,
  formatPeriod,
  formatValue,
  hasControlLimits,
  nameOfPeriod,
  type SeriesChart,
  type ThresholdRow,
} from "@signalbox/domain";
import { formatLimit } from "@signalbox/explain/charted-series";
import { limitRowInWords } from "@signalbox/explain/limit-words";
import { besidePath } from "@signalbox/explain/path-in-words";
import { figureInWords } from "../../figure-words.ts";
import { nameOfPerson } from "../../names-of-people.ts";
import { RAG_MARKS } from "../../rag-marks.ts";

const TIERS = { none: null, board: "before the board", slt: "before the SLT" } as const;
const CAUSES: Readonly<Record<Cause, string>> = {
  none: "",
  outside: "past a control limit",
  trend: "part of a trend",
  "two-of-three": "two of three near a limit",
  run: "part of a run on one side of the mean",
};
const SHORT = {
  concern: "Concern",
  improvement: "Improvement",
  "neutral-high": "Higher",
  "neutral-low": "Lower",
} as const;
const STAGES: Readonly<Record<SeriesAround["commentaries"][number]["stage"], string>> = {
  asked: "asked for",
  reminded: "asked for, and reminded",
  overdue: "overdue",
  due: "due today",
  "raised-a-level": "overdue, and raised a level",
  "on-agenda": "overdue, and on the agenda",
  "in-summary": "overdue, and in the summary for the SLT",
  answered: "answered",
  withdrawn: "no longer asked for",
};

/** What the rows of a page are made of, beside the points themselves. */
export interface RowFacts {
  readonly metric: Metric;
  readonly catalogue: CurrentCatalogue;
  readonly found: SeriesPoints;
  readonly chart: SeriesChart;
  readonly limits: (period: SeriesPoint["period"]) => ThresholdRow | null;
  readonly versions: readonly FigureVersion[];
  readonly around: SeriesAround;
  /** Whether the caller may open the submissions of an organisation. */
  readonly opens: (organisation: string) => boolean;
}

/** The places of a series from one to another as rows, latest first. */
export function seriesRows(facts: RowFacts, { from, to }: { from: number; to: number }) {
  const { found, versions, around } = facts;
  const given = Map.groupBy(versions, ({ period }) => period);
  const asked = new Map(around.commentaries.map((one) => [one.period, one]));
  const written = new Map(around.written.map((one) => [one.period, one]));
  let group: number | null = null;
  const spcAt = (at: number) => {
    const point = facts.chart.points[at] ?? null;
    const isAnew = point !== null && !Number.isNaN(point.value) && point.group !== group;
    if (isAnew) group = point.group;
    return spcOf(point, facts.metric, isAnew);
  };
  return found.points
    .slice(from, to)
    .toReversed()
    .map((point, at) => ({
      ...figureOf(point, facts),
      ...ratingOf(point, facts),
      spc: hasControlLimits(facts.metric) ? spcAt(to - 1 - at) : null,
      ...sourceOf(point, given.get(point.period) ?? [], facts),
      commentary: commentaryOf(asked.get(point.period)),
      written: writtenOf(point, written.get(point.period), facts),
    }));
}

function figureOf(point: SeriesPoint, { metric, catalogue, found }: RowFacts) {
  const { period, numerator, denominator, plan, target } = point;
  const write = (value: number | null) => (value === null ? null : formatValue(value, metric));
  const name = (code: string) => catalogue.organisations.get(code)?.name ?? code;
  const notes = [
    numerator !== null && denominator !== null
      ? `${numerator.toLocaleString("en-GB")} of ${denominator.toLocaleString("en-GB")}`
      : "",
    point.restated ? "restated" : "",
    point.partial ? `partial: ${point.missing.map(name).join(", ") || "some below"} missing` : "",
  ];
  return {
    period: nameOfPeriod(period, found.frequency),
    code: formatPeriod(period, found.frequency),
    value: figureInWords(point, metric),
    notes: notes.filter((note) => note !== ""),
    plan: write(plan),
    target: write(target),
    expected: besidePath(point.value, found.expected?.get(period), metric),
  };
}

function ratingOf({ period, rag, provisional, deterioratingFor, watch, tier }: SeriesPoint, facts: RowFacts) {
  const row = facts.limits(period);
  const said = [
    provisional ? "by a draft limit" : "",
    deterioratingFor > 0 ? `worse ${deterioratingFor} in a row` : "",
    watch ? "watched" : "",
    TIERS[tier] ?? "",
  ];
  return {
    limits: row === null ? "none" : limitRowInWords(row, facts.metric),
    rag: { ...RAG_MARKS[rag], name: rag },
    rated: said.filter((words) => words !== "").join(", "),
  };
}

/** `anew`: these limits are other ones than those of the row above. */
function spcOf(point: ChartPoint | null, metric: Metric, anew: boolean) {
  if (point === null || Number.isNaN(point.value)) return null;
  const { mean, lower, upper } = point.limits;
  const write = (value: number) => formatLimit(value, metric);
  const cause = CAUSES[point.cause];
  return {
    anew,
    words: point.kind === "common" ? "Common cause" : `${SHORT[point.kind]}: ${cause}`,
    mean: Number.isNaN(mean) ? null : write(mean),
    limits: Number.isNaN(upper - lower) ? null : `${write(lower)} to ${write(upper)}`,
  };
}

/** The row that holds, and every other that was ever said of the period. */
function sourceOf(point: SeriesPoint, given: readonly FigureVersion[], { metric, opens }: RowFacts) {
  const shown = given.map((one) => ({
    submission: opens(one.submittedFor) ? one.submission : null,
    row: one.row,
    filename: one.filename ?? "no name",
    receivedAt: one.receivedAt,
    said: figureInWords(one, metric),
    state: one.withdrawn === null ? (one.holds ? "counts" : "replaced") : "withdrawn",
  }));
  const held = given.find(({ holds }) => holds);
  const holds = shown.find(({ state }) => state === "counts");
  return {
    comment: held?.comment ?? null,
    source: holds ?? null,
    computed: point.value !== null && holds === undefined,
    versions: shown.length > 1 ? shown : [],
  };
}

/** What was written of a period; nothing where its figure waits for a signature that this reader does not look behind. */
function writtenOf(
  { period, noValue }: SeriesPoint,
  said: SeriesAround["written"][number] | undefined,
  { catalogue, found }: RowFacts,
) {
  if (said === undefined || noValue === NOT_SIGNED_OFF) return null;
  const month = formatPeriod(period, "monthly");
  return {
    words: said.words,
    by: nameOfPerson(catalogue, said.by),
    href: `/commentary/${encodeURIComponent(found.metric)}/${encodeURIComponent(found.organisation)}/${month}`,
  };
}

function commentaryOf(asked: SeriesAround["commentaries"][number] | undefined) {
  return asked === undefined ? null : { dueOn: asked.dueOn, stage: STAGES[asked.stage] };
}
