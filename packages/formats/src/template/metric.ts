import { z } from "zod";
import { meanings } from "./cell-meaning.ts";
import { check } from "./check.ts";
import { column, pattern } from "./pattern.ts";
import { rowFilter } from "./row-filter.ts";

/** Columns that are added up, less those that are taken away. */
export const sum = z
  .strictObject({
    plus: z.array(column).min(1).describe("Columns that are added up; those that the file lacks count for nothing."),
    minus: z.array(column).default([]).describe("Columns that are taken away."),
  })
  .describe("Columns that are added up, less those that are taken away. One column is a sum of one.");

/** What is said of each metric of a template, however its code is found. */
const measure = {
  value: sum.optional().describe("The value. In place of it numerator and denominator may be given."),
  numerator: sum.optional().describe("With `denominator`: the value is their ratio, for a percent 100 times that."),
  denominator: sum.optional(),
  plan: column.optional().describe("The column with the plan; it counts where the catalogue has none."),
  comment: column.optional().describe("The column with a remark, kept beside the value."),
  fractions: z
    .boolean()
    .default(false)
    .describe("Whether values (and plans) stand as 0.946 for 94.6 %. One written with % is in points all the same."),
  scale: z
    .number()
    .positive()
    .default(1)
    .describe(
      "What a bare number of `value` and `plan` is multiplied by: 1000 where a column is in thousands, 60 for minutes of a duration.",
    ),
  means: meanings.optional(),
  where: z.array(rowFilter).default([]).describe("Only rows of which all of these hold give this metric."),
  sheets: pattern
    .optional()
    .describe("Only sheets with such a name give this metric: one layout on several sheets, each of another measure."),
  over: z
    .literal("rows")
    .optional()
    .describe(
      "Added up over all rows of one organisation and period: the row that is reported is the first. A cell that is wrong, or " +
        "has no value, in any of them leaves the sum without one, and says so.",
    ),
  months: z.int().min(1).max(12).optional().describe("With a period from dates: how many months a row must span."),
  checks: z.array(check).default([]).describe("What must hold for a value to be believed, in this order."),
} as const;

/** A ratio's scale would be anybody's guess: of the numerator, or of what comes out. */
function isScaledValue({ numerator, scale }: { numerator?: unknown; scale: number }): boolean {
  return numerator === undefined || scale === 1;
}

const SCALED_RATIO =
  "has a scale beside numerator and denominator: the value is their ratio as it is (a percent 100 times). Give a value instead, or a metric per 1";

/** Numerator and denominator come together. */
function isWhole({ numerator, denominator }: { numerator?: unknown; denominator?: unknown }): boolean {
  return (numerator === undefined) === (denominator === undefined);
}

const HALF = "needs a value, or a numerator and a denominator, and not half of them";

const codes = z
  .record(z.string(), z.string())
  .default({})
  .describe("What the file calls a metric, with its code in the catalogue. Case and needless blanks do not matter.");
const others = z
  .enum(["problem", "pass-over"])
  .default("problem")
  .describe("What a metric is that neither `codes` nor the catalogue has.");

export const metric = z
  .strictObject({ metric: z.string().min(1), ...measure })
  .refine(isWhole, HALF)
  .refine(isScaledValue, SCALED_RATIO);

export const metrics = z
  .union([
    z
      .array(metric)
      .min(1)
      .describe("The metrics by the catalogue's codes: each row gives one of each, where its `where` holds."),
    z
      .strictObject({ from: z.literal("cell"), column, codes, others, ...measure })
      .refine(isWhole, HALF)
      .refine(isScaledValue, SCALED_RATIO)
      .describe("A cell of the row says which metric it is."),
    z
      .strictObject({ from: z.literal("headers"), codes, others, ...measure })
      .refine(isWhole, HALF)
      .refine(isScaledValue, SCALED_RATIO)
      .describe("Metrics stand across: each header that is a metric is a column of its values."),
  ])
  .describe("Which metrics the file gives, and of what.");

export type Sum = z.output<typeof sum>;
export type Metrics = z.output<typeof metrics>;
export type TemplateMetric = z.output<typeof metric>;
export type Measure = Omit<TemplateMetric, "metric">;
