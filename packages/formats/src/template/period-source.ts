import { z } from "zod";
import { column, namesParts, pattern } from "./pattern.ts";
import { around } from "./text-source.ts";

const NAMED = [["period"], ["month", "year"], ["month", "financialYear"], ["quarter", "financialYear"]] as const;
const PERIOD_PARTS =
  "must name its parts: period; month and year; month and financialYear; or quarter and financialYear";

const PATTERN =
  "Names its parts: (?<period>…) in any notation that is understood; (?<month>…), a name or a number, with (?<year>…) or " +
  "(?<financialYear>2024-25); (?<quarter>1 to 4) with (?<financialYear>…).";

/** A pattern that finds a period. */
export const periodPattern = pattern.refine((text) => namesParts(text, NAMED), PERIOD_PARTS).describe(PATTERN);

const quarterBy = z
  .enum(["first-month", "last-month"])
  .default("first-month")
  .describe(
    'Of a quarterly metric: which of its months names the quarter. "2024-25 September" is Q2 by its last month.',
  );
const anyDay = z
  .boolean()
  .default(false)
  .describe("Whether a date stands for its month whatever its day (30/06/2024 for June); else it must be the first.");

const readings = { pattern: periodPattern.optional(), quarterBy, anyDay };

/**
 * Where the period stands. Without a pattern the text is understood as: 2024-03, Mar-24, Mar24, March 2024, 2024 March,
 * 01/03/2024, 2024-03-01; a financial year with a month (2017-18 AUGUST; January to March lie in its second half); 2023/24
 * Q4, Q4 2023-24, "Quarter 4, 2023-24 (…)"; "July to September 2024".
 */
export const periodSource = z
  .discriminatedUnion("from", [
    z
      .strictObject({ from: z.literal("cell"), columns: z.array(column).min(1), ...readings })
      .describe('Cells of the row, joined by a blank in this order: ["year", "month"] gives "2017-18 AUGUST".'),
    z
      .strictObject({ from: z.literal("dates"), first: column, last: column, quarterBy: quarterBy })
      .describe(
        "Two dates in the row, its first and last day, whole months. It stands for its last month, or for the quarter that it " +
          "is. A metric that says `months` has only rows that span so many.",
      ),
    z
      .strictObject({ from: z.literal("headers"), pattern: periodPattern.optional(), quarterBy, anyDay })
      .describe(
        "Periods stand across: each header that is a period is a column of values, whichever and however many. An empty cell " +
          "is then no row. A metric says neither value nor numerator.",
      ),
    around.filename.extend({ pattern: periodPattern, quarterBy, anyDay }),
    around.heading.extend({ pattern: periodPattern, quarterBy, anyDay }),
    around.label.extend(readings),
    around.sheet.extend(readings),
  ])
  .describe("Where the period stands, and how it is read.");

export type PeriodSource = z.output<typeof periodSource>;
