import { z } from "zod";
import { column, pattern, wholeText } from "./pattern.ts";

/** Which rows are meant, by the text of one column. */
export const rowFilter = z
  .strictObject({
    column,
    is: z.array(wholeText).min(1).optional().describe('The cell is one of these; "" is an empty cell.'),
    matches: pattern.optional().describe("The cell matches this pattern."),
    isNot: z.array(wholeText).min(1).optional().describe("The cell is none of these."),
  })
  .refine(
    ({ is, matches, isNot }) => [is, matches, isNot].filter((said) => said !== undefined).length === 1,
    "needs exactly one of is, matches and isNot",
  )
  .describe("Rows whose cell in this column is one of some texts, matches a pattern, or is none of some texts.");

export type RowFilter = z.output<typeof rowFilter>;
