import { z } from "zod";
import { pattern } from "./pattern.ts";

const otherSheet = pattern
  .optional()
  .describe("The sheet to look in, by its name, where it is not the table's own (a cover page that stands before it).");

const filename = z
  .strictObject({ from: z.literal("filename"), pattern })
  .describe("In the file's name; %20 and the like are blanks.");

const sheet = z
  .strictObject({ from: z.literal("sheet"), pattern: pattern.optional() })
  .describe("The name of the sheet, or what a pattern finds in it.");

const heading = z
  .strictObject({ from: z.literal("heading"), pattern, sheets: otherSheet })
  .describe("A row above the table's header, its cells joined by blanks: the first that the pattern finds.");

const label = z
  .strictObject({
    from: z.literal("label"),
    label: z
      .string()
      .min(1)
      .describe('What the cell before it says, whole: "Period", with or without a colon after it.'),
    pattern: pattern.optional(),
    sheets: otherSheet,
  })
  .describe("The next filled cell to the right of a label, above the table's header.");

/** The places around a table where a text may stand. */
export const around = { filename, sheet, heading, label };
export type TextSource = z.output<typeof filename | typeof sheet | typeof heading | typeof label>;
