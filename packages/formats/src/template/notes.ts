import { z } from "zod";
import { namesParts, pattern } from "./pattern.ts";
import { periodPattern } from "./period-source.ts";

const means = z
  .enum(["missing", "estimated"])
  .describe("`missing`: no value, named by the publisher; `estimated`: the values it has in this file are so marked.");

/** A sheet on which the publisher names organisations that did not report, or whose figures are estimated. */
export const notes = z
  .strictObject({
    sheets: pattern.describe("Which sheets, by their name; hidden ones too."),
    period: periodPattern
      .optional()
      .describe(
        "Where the sheet says of which period it speaks. Another one than the table's: `stale-note`, and not used.",
      ),
    lists: z
      .array(
        z
          .strictObject({ heading: pattern, means })
          .describe("A heading with one organisation in each row under it, if any."),
      )
      .default([])
      .describe("Lists end at the next heading of this list; the first that matches a row is its heading."),
    sentences: z
      .array(
        z.strictObject({
          pattern: pattern
            .refine(
              (text) => namesParts(text, [["code"], ["name"]]),
              "must name code or name: the organisation that is meant",
            )
            .describe(
              "Finds (?<code>…) or (?<name>…); with the parts of a period also of which period the sentence speaks.",
            ),
          means,
        }),
      )
      .default([])
      .describe("Sentences that name one organisation each."),
    code: z
      .string()
      .default("^[A-Z][A-Z0-9]{2,5}$")
      .refine(isPattern, "is no regular expression")
      .describe("What a code looks like in a list; here case matters."),
    metrics: z
      .array(z.string())
      .optional()
      .describe("The metrics that are meant; all of the template if it is left out."),
  })
  .refine(({ lists, sentences }) => lists.length + sentences.length > 0, "needs lists or sentences")
  .describe("A Notes or Data Quality sheet that names organisations. One that is not in the file says nothing.");

export type Notes = z.output<typeof notes>;

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, "u") instanceof RegExp;
  } catch {
    return false;
  }
}
