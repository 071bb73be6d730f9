import { readSeriesPoints, sees, type SeriesPoints } from "@signalbox/db";
import { type ChartPoint, formatPeriod, parsePeriod, type Period, seriesChart } from "@signalbox/domain";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { organisationsSeen } from "../callers.ts";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { plainText, yesOrNo } from "./query.ts";
import { seriesShape } from "./shapes.ts";

const FEWEST_FIXED = 12;

/** GET /series/{metric}/{organisation}: every period with its control limits, how the last value varies, whether the target is met. */
export function series({ db }: Parts): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/series/:metric/:organisation",
      {
        schema: {
          tags: ["series"],
          summary: "One metric of one organisation, period by period",
          description: `An XmR chart as NHS England's Making Data Count has it, from the first value to the last. recalculateAt:
periods joined by commas, at which limits begin anew as they do at each change of definition. fixAfter: how many first
points of each group its limits are made of, ${FEWEST_FIXED} or more. points: how many in a row make a run or a trend.
closeIncludesOutside: points outside the limits count as close ones in two of three.`,
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
        const { metric, organisation } = request.params;
        const found = sees(organisationsSeen(request), organisation)
          ? await readSeriesPoints(db, metric, organisation)
          : null;
        if (found === null) throw new Problem(404, `There is no series ${metric} of ${organisation} that you may see.`);
        const { screenOutliers, fixAfter, recalculateAt, points: inARow, closeIncludesOutside } = request.query;
        const chart = seriesChart(
          {
            ...found,
            periods: found.points.map(({ period }) => period),
            values: Float64Array.from(found.points, ({ value }) => value ?? NaN),
            targets: Float64Array.from(found.points, ({ target }) => target ?? NaN),
            newStarts: [...found.definitionChanges, ...periodsIn(recalculateAt, found)],
          },
          {
            screenOutliers: screenOutliers !== "false",
            points: inARow === "6" ? 6 : 7,
            closeIncludesOutside: closeIncludesOutside === "true",
            ...(fixAfter === undefined ? {} : { fixAfter }),
          },
        );
        const points = found.points.map(({ period, ...figures }, at) => ({
          period: formatPeriod(period, found.frequency),
          ...figures,
          spc: shown(chart.points[at] ?? null),
        }));
        return { metric, organisation, points, spc: { variation: chart.variation, assurance: chart.assurance } };
      },
    );
  };
}

/** Numbers that there are none of, as those of a group of one value, are null. */
function shown(point: ChartPoint | null) {
  if (point === null) return null;
  const { limits, cause, kind } = point;
  return { mean: orNull(limits.mean), lower: orNull(limits.lower), upper: orNull(limits.upper), cause, kind };
}

const orNull = (number: number): number | null => (Number.isNaN(number) ? null : number);

function periodsIn(text: string | undefined, { frequency }: Pick<SeriesPoints, "frequency">): Period[] {
  return (text ?? "").split(",").flatMap((part) => {
    if (part.trim() === "") return [];
    const period = parsePeriod(part.trim(), frequency);
    if (period === null)
      throw new Problem(400, `recalculateAt: "${part.trim()}" is no period of this ${frequency} series.`);
    return [period];
  });
}
