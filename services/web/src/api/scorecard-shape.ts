import { KINDS, RAGS, TARGET_PLACES, UNITS } from "@signalbox/domain";
import { z } from "zod";

const figure = z.number().nullable();

const counts = z.object({
  belowBy10Percent: z.int().describe("Below target by 10 % of it or more"),
  below: z.int().describe("Below target by less"),
  met: z.int(),
  noValue: z.int().describe("With a target, but without a figure of the last twelve months"),
  noTarget: z.int(),
  withTarget: z.int().describe("Those met or below"),
  percentMet: z.int().nullable().describe("Of those with a target, in whole percent, half up; null where none has one"),
});
const counted = z.object({ counts, change: counts.describe("Against the period before") });

export const scorecardShape = z.object({
  period: z.string().nullable().describe("2024-03, or 2023/24 Q4; null where nothing has a figure"),
  domains: z.array(counted.extend({ domain: z.string() })),
  together: counted,
  items: z.array(
    z.object({
      domain: z.string(),
      metric: z.string(),
      name: z.string(),
      organisation: z.string(),
      organisationName: z.string(),
      area: z.string(),
      period: z.string().nullable().describe("The period of the figure; null without one"),
      value: figure,
      unit: z.enum(UNITS),
      before: figure.describe("How it stood by the period before"),
      plan: figure.describe("The plan that counts: the series' own, else for a share or a duration the system's"),
      ownPlan: figure,
      plansBelow: figure.describe("What the plans of those below add up to, as the metric does"),
      target: figure,
      against: z.enum(TARGET_PLACES),
      rag: z.enum(RAGS),
      provisional: z.boolean(),
      partial: z.boolean(),
      variation: z.enum(KINDS).nullable(),
      assurance: z.enum(["pass", "fail", "inconsistent"]).nullable(),
      system: figure.describe("The system's value, of shares, rates and durations, where the caller may see it"),
      comparatorName: z.string().nullable().describe("Whose published figure of the same period the comparator is"),
      comparator: figure,
      case: z.string().nullable().describe("The case that stands of this series"),
    }),
  ),
  next: z.string().nullable(),
});
