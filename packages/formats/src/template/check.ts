/* oxlint-disable unicorn/no-thenable -- "then" is a word in a template, and never a function */
import { z } from "zod";
import { column, pattern } from "./pattern.ts";
import { rowFilter } from "./row-filter.ts";

const then = z
  .enum(["keep-out", "mark"])
  .describe("`keep-out`: no value, with the reason `suspect`; `mark`: the value counts and is marked `implausible`.");

/** What a cell's number must be for a condition to hold; a cell without a number holds none. */
export const condition = z
  .strictObject({
    column,
    atLeast: z.number().optional(),
    atMost: z.number().optional(),
    equals: z.number().optional(),
  })
  .refine((said) => Object.keys(said).length > 1, "needs atLeast, atMost or equals");

/** What is checked of each value of a metric; each finding is a warning with the check's code. */
export const check = z
  .discriminatedUnion("check", [
    z
      .strictObject({
        check: z.literal("percent"),
        column,
        fractions: z.boolean().default(false).describe("Whether the published share stands as 0.946 for 94.6 %."),
        tolerance: z.number().min(0).describe("How far apart they may be, in percentage points."),
        then,
      })
      .describe(
        "percent-differs: the share as it is published, against the one that numerator and denominator give. A share that is " +
          "cut off for show (100%*) is `capped` instead.",
      ),
    z
      .strictObject({ check: z.literal("range"), from: z.number().optional(), to: z.number().optional(), then })
      .describe("out-of-range: a value below `from` or above `to`, in the metric's unit."),
    z
      .strictObject({ check: z.literal("suspect"), all: z.array(condition).min(1), says: z.string().min(1), then })
      .describe("suspect: where all these conditions hold, the value means something else: `says` tells what."),
    z
      .strictObject({ check: z.literal("capped"), matches: pattern, reads: z.number().optional(), then })
      .describe(
        "capped: a value's cell that matches is cut off for show. Marked, it counts as `reads`, or else as the number in it.",
      ),
    z
      .strictObject({ check: z.literal("jump"), times: z.number().positive(), then })
      .describe(
        "jump: a value so many times the usual moving range away from both of the values before it. Looked at beside the whole " +
          "series, after the file is read, and again whenever the series changes.",
      ),
    z
      .strictObject({ check: z.literal("sudden-zero"), after: z.number().positive(), then })
      .describe(
        "sudden-zero: a 0 where the median of the last six values was at least `after`. Looked at as a `jump` is.",
      ),
  ])
  .describe("Something that must hold for a value to be believed.");

export type Check = z.output<typeof check>;
export type Condition = z.output<typeof condition>;

/** Total rows that must be the sum of their parts. */
export const totalCheck = z
  .strictObject({
    total: z.array(rowFilter).min(1).describe("Which rows are totals: all of these hold."),
    parts: z
      .array(rowFilter)
      .default([])
      .describe("Which rows are parts: all of these hold. Without any: every row that is read."),
    by: column.optional().describe("Each text of this column has a total of its own: the total row of each provider."),
    columns: z.array(column).min(1).describe("The columns that are added up and compared."),
    tolerance: z.number().min(0).default(0).describe("How far a total may be from the sum of its parts."),
    then: z
      .enum(["report", "mark", "keep-out"])
      .default("report")
      .describe("What becomes of the values that were made of the column (and have this `by`), beside the warning."),
  })
  .describe("total-differs: a total row whose column is not the sum of its parts.");

export type TotalCheck = z.output<typeof totalCheck>;
