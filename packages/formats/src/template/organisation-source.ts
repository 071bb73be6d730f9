import { z } from "zod";
import { column, pattern } from "./pattern.ts";
import { around } from "./text-source.ts";

const codes = z
  .record(z.string(), z.string())
  .default({})
  .describe(
    "What to take for a text: an old code for a new one, or a name for its code. Case and needless blanks do not matter.",
  );
const named = pattern.optional().describe("Finds the code as (?<code>…) where the text holds more than the code.");

/** Which organisation a row is about. */
export const organisationSource = z
  .discriminatedUnion("from", [
    z
      .strictObject({
        from: z.literal("cell"),
        column,
        pattern: named,
        codes,
        name: column.optional().describe("The column with the organisation's name, by which notes may name it."),
      })
      .describe("A cell of the row."),
    around.sheet.extend({ pattern: named, codes }).describe("The name of the sheet: one sheet an organisation."),
    around.heading.extend({ codes }).describe("A row above the header; the pattern finds (?<code>…)."),
    around.label.extend({ pattern: named, codes }).describe("A labelled cell above the header."),
    around.filename.extend({ codes }).describe("The file's name; the pattern finds (?<code>…)."),
  ])
  .describe("Which organisation a row is about. A row without one is refused; pass over totals first.");

export type OrganisationSource = z.output<typeof organisationSource>;
