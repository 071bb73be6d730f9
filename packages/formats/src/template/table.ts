import { z } from "zod";
import { column, pattern } from "./pattern.ts";

/** Which sheets of a workbook hold the table. A CSV file is one sheet without a name, and always meant. */
export const sheets = z
  .strictObject({
    named: pattern.optional().describe("Only sheets with such a name; else any."),
    every: z.boolean().default(false).describe("Every sheet that has the header is read; else the first that has it."),
    hidden: z.boolean().default(false).describe("Whether hidden sheets count too."),
    rows: z
      .enum(["all", "shown"])
      .default("all")
      .describe("Whether hidden rows count too; where they do, a warning says how many there were."),
  })
  .describe("Which sheets of a workbook hold the table. A CSV file is one sheet without a name, and always meant.");

/** Where the header is, and how it is told from that of a look-alike. */
export const header = z
  .strictObject({
    within: z.int().min(1).max(200).default(30).describe("Among how many first rows of the sheet it is looked for."),
    rows: z
      .int()
      .min(1)
      .max(3)
      .default(1)
      .describe(
        'How many rows it has. Cells of the upper rows are groups, filled rightwards: "Available: Total". A column may be named ' +
          "by its last row alone where that is there once.",
      ),
  })
  .describe("Where the header is. It is found by its columns: the first rows that have all that are not optional.");

const oneColumn = z
  .strictObject({
    headers: z
      .array(z.string().min(1))
      .min(1)
      .describe(
        "The headers it has had. Case, blanks, line breaks, byte-order marks and footnote marks do not matter; under a group " +
          'write "Group: Header".',
      ),
    optional: z.boolean().default(false).describe("Whether a file may be without it."),
  })
  .describe("One column, by its header.");

const manyColumns = z
  .strictObject({
    every: pattern.describe("All columns whose header matches, added up wherever this name is used."),
    count: z
      .int()
      .min(1)
      .optional()
      .describe("How many there are: with fewer it is as if there were none, for half of the weeks are a wrong sum."),
    optional: z.boolean().default(false).describe("Whether a file may have none of them."),
  })
  .describe("Many columns that count as their sum, by a pattern of their headers: week bands.");

/** Our names for columns. */
export const columns = z
  .record(column, z.union([oneColumn, manyColumns]))
  .describe("Our names for the columns that are used, with the headers they have had.");

export const ignore = z
  .array(z.union([z.string(), z.strictObject({ pattern })]))
  .default([])
  .describe("Headers that are known and not used, whole or by a pattern. Others that nobody knows are reported.");

/** What a file must or must not say to have this layout. */
export const tell = z
  .strictObject({
    in: z
      .enum(["filename", "sheet", "headings", "headers"])
      .describe("The file's name, the sheet's name, the rows above the header, or the headers."),
    pattern,
  })
  .describe("A text that tells this layout from a look-alike.");

export type Sheets = z.output<typeof sheets>;
export type ColumnSpec = z.output<typeof oneColumn | typeof manyColumns>;
export type Tell = z.output<typeof tell>;
