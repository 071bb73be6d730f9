import {
  catalogueReader,
  type LimitOfSeries,
  limitsOfSeries,
  type Recalculation,
  recalculationsOf,
  type SeriesPoint,
  type SeriesPoints,
  versionsOf,
} from "@signalbox/db";
import { type ChartPoint, formatPeriod, type Frequency } from "@signalbox/domain";
import { isMeasured } from "@signalbox/explain/charted-series";
import { limitsOf } from "@signalbox/explain/limit-words";
import { spcOfSeries } from "@signalbox/explain/spc-of-series";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { seenSeries } from "../seen-series.ts";
import { FEWEST_FIXED, optionsSaid, spcAsked } from "../spc-options.ts";
import { plainText, yesOrNo } from "./query.ts";
import { seriesShape } from "./series-shapes.ts";

/** GET /series/{metric}/{organisation}: every period with its control limits, how the last value varies, whether the target is met. */
export function series(parts: Parts): FastifyPluginAsyncZod {
  const { db } = parts;
  const readCatalogue = catalogueReader();
  return async (app) => {
    app.get(
      "/series/:metric/:organisation",
      {
        schema: {
          tags: ["series"],
          summary: "One metric of one organisation, period by period",
          description: `An XmR chart as NHS England's Making Data Count has it, from the first value to the last. recalculateAt:
periods joined by commas, at which limits begin anew as they do at each change of definition and each recalculation that is
kept. fixAfter: how many first points of each group its limits are made of, ${FEWEST_FIXED} or more. points: how many in a row
make a run or a trend. closeIncludesOutside: points outside the limits count as close ones in two of three. Grades and yes or
no have no limits that mean anything: read their spc with care.`,
          params: z.object({ metric: plainText, organisation: plainText }),
          querystring: z.object({
            screenOutliers: yesOrNo,
            fixAfter: z.coerce.number().int().min(FEWEST_FIXED).optional(),
            recalculateAt: plainText.optional(),
            points: z.enum(["6", "7"]).optional(),
            closeIncludesOutside: yesOrNo,
          }),
          response: { 200: seriesShape },
        },
      },
      async (request) => {
        const key = request.params;
        const { found, unsigned } = await seenSeries(parts, request, key);
        const { frequency } = found;
        const { fixAfter, ...query } = request.query;
        const asked = spcAsked({ ...query, fixAfter: fixAfter === undefined ? "" : String(fixAfter) }, frequency);
        const [fault] = asked.faults;
        if (fault !== undefined) throw new Problem(400, `${fault.field}: ${fault.message}.`);
        const [catalogue, thresholds, recalculations, versions] = await Promise.all([
          readCatalogue(db),
          limitsOfSeries(db, found),
          recalculationsOf(db, key),
          versionsOf(db, key),
        ]);
        const metric = catalogue?.metrics.get(key.metric);
        const chart = spcOfSeries(found, asked.options);
        const comments = new Map(
          versions.flatMap(({ holds, period, comment, submission }) =>
            holds && !unsigned.has(submission) ? [[period, comment]] : [],
          ),
        );
        const inForce = catalogue === null ? () => null : limitsOf(catalogue, found);
        const last = found.points.at(-1);
        return {
          ...key,
          name: metric?.name ?? key.metric,
          unit: metric?.unit ?? null,
          points: found.points.map((point, at) => ({
            ...pointSaid(point, frequency),
            expected: found.expected?.get(point.period) ?? null,
            comment: comments.get(point.period) ?? null,
            spc: shown(chart.points[at] ?? null),
          })),
          expectedPath: [...(found.expected ?? [])].map(([period, value]) => ({
            period: formatPeriod(period, frequency),
            value,
          })),
          spc: { variation: chart.variation, assurance: chart.assurance },
          measured: metric === undefined || isMeasured(metric),
          limits: limitsSaid(last === undefined ? null : inForce(last.period)),
          thresholds: thresholds.map((one) => thresholdSaid(one)),
          recalculations: recalculations.map((one) => recalculationSaid(one, frequency)),
          options: optionsSaid(asked, frequency),
        };
      },
    );
  };
}

function pointSaid(point: SeriesPoint, frequency: Frequency) {
  return {
    period: formatPeriod(point.period, frequency),
    value: point.value,
    plan: point.plan,
    target: point.target,
    rag: point.rag,
    numerator: point.numerator,
    denominator: point.denominator,
    submission: point.submission === null ? null : String(point.submission),
    provisional: point.provisional,
    deterioratingFor: point.deterioratingFor,
    watch: point.watch,
    tier: point.tier,
    mark: point.mark,
    noValue: point.noValue,
    partial: point.partial,
    missing: [...point.missing],
    restated: point.restated,
  };
}

/** Numbers that there are none of, as those of a group of one value, are null. */
function shown(point: ChartPoint | null) {
  if (point === null) return null;
  const { limits, cause, kind } = point;
  return { mean: orNull(limits.mean), lower: orNull(limits.lower), upper: orNull(limits.upper), cause, kind };
}

const orNull = (number: number): number | null => (Number.isNaN(number) ? null : number);

function limitsSaid(row: Pick<LimitOfSeries, "basis" | "board" | "slt" | "status"> | null) {
  return row && { basis: row.basis, board: row.board, slt: row.slt, status: row.status };
}

/** Thresholds count by months, whatever the metric's frequency. */
function thresholdSaid({ from, to, id, ...row }: LimitOfSeries) {
  return {
    id: String(id),
    ...row,
    from: formatPeriod(from, "monthly"),
    to: to === null ? null : formatPeriod(to, "monthly"),
  };
}

/** A recalculation as the API answers with it. */
export function recalculationSaid(
  { id, period, reason, by, at, removed }: Recalculation,
  frequency: SeriesPoints["frequency"],
) {
  return {
    id: String(id),
    period: formatPeriod(period, frequency),
    reason,
    by,
    at: at.toString(),
    removed: removed && { ...removed, at: removed.at.toString() },
  };
}
