import { CAUSES, KINDS } from "@signalbox/domain";
import { z } from "zod";
import { assessmentShape, figure, id, instant, period, tier } from "./shapes.ts";

/** The shapes of what the API says of a series and its chart. */
const spcPoint = z
  .object({
    mean: figure,
    lower: figure,
    upper: figure,
    cause: z.enum(CAUSES),
    kind: z.enum(KINDS).describe("What a special cause means for this metric"),
  })
  .nullable()
  .describe("null before the first value and after the last");

export const recalculationShape = z.object({
  id,
  period,
  reason: z.string(),
  by: z.string(),
  at: instant,
  removed: z.object({ at: instant, by: z.string(), reason: z.string() }).nullable(),
});

const basis = z.enum(["value", "variance", "percent-variance"]);
const limit = z.object({ basis, board: figure, slt: figure, status: z.enum(["draft", "approved"]) });

export const seriesShape = z.object({
  metric: z.string(),
  organisation: z.string(),
  name: z.string().describe("The metric's"),
  unit: z.string().nullable(),
  points: z.array(
    z.object({
      period,
      value: figure,
      plan: figure,
      target: figure,
      expected: figure.describe("What an accepted action plan expects of this period"),
      rag: assessmentShape.shape.rag,
      numerator: figure,
      denominator: figure,
      submission: id.nullable(),
      provisional: z.boolean(),
      deterioratingFor: z.int(),
      watch: z.boolean(),
      tier,
      mark: z.string().nullable(),
      noValue: z.string().nullable(),
      partial: z.boolean(),
      missing: z.array(z.string()),
      restated: z.boolean(),
      comment: z.string().nullable().describe("Of the row that gave the value"),
      spc: spcPoint,
    }),
  ),
  expectedPath: z
    .array(z.object({ period, value: z.number() }))
    .describe("All that accepted action plans expect, periods to come included"),
  spc: z.object({
    variation: z.enum(KINDS).nullable().describe("The kind of the last value"),
    assurance: z
      .enum(["pass", "fail", "inconsistent"])
      .nullable()
      .describe("Whether the usual range meets the target, misses it, or holds it"),
  }),
  measured: z.boolean().describe("False for grades and yes or no, of which limits mean nothing"),
  limits: limit.nullable().describe("Those in force in the last period"),
  thresholds: z
    .array(
      limit.extend({
        id,
        organisation: z.string().nullable(),
        level: z.string().nullable(),
        from: z.string().describe("A month"),
        to: z.string().nullable(),
        approvedOn: z.iso.date().nullable(),
        minute: z.string().nullable(),
      }),
    )
    .describe("Every limit that concerns the series, by its first month"),
  recalculations: z.array(recalculationShape).describe("Removed ones too"),
  options: z.object({
    screenOutliers: z.boolean(),
    fixAfter: z.int().nullable(),
    recalculateAt: z.array(period),
    points: z.union([z.literal(6), z.literal(7)]),
    closeIncludesOutside: z.boolean(),
  }),
});
