import { z } from "zod";
import { meanings } from "./cell-meaning.ts";
import { totalCheck } from "./check.ts";
import { metrics } from "./metric.ts";
import { notes } from "./notes.ts";
import { organisationSource } from "./organisation-source.ts";
import { namesParts, pattern } from "./pattern.ts";
import { periodPattern, periodSource } from "./period-source.ts";
import { rowFilter } from "./row-filter.ts";
import { columns, header, ignore, sheets, tell } from "./table.ts";
import { around } from "./text-source.ts";

const DATE = "must name day, month and year";
const datePattern = pattern
  .refine((text) => namesParts(text, [["day", "month", "year"]]), DATE)
  .describe("Names (?<day>…), (?<month>…), a name or a number, and (?<year>…).");

/** Where an issue date stands; "10th July 2025", 10/07/2025 and true dates are understood without a pattern. */
const issued = z
  .discriminatedUnion("from", [
    around.filename.extend({ pattern: datePattern }),
    around.heading.extend({ pattern: datePattern }),
    around.label.extend({ pattern: datePattern.optional() }),
  ])
  .describe(
    "Where an issue date stands: the first of the list that is filled and is a date. Revised before Published.",
  );

/** A layout of somebody else's: how its cells become canonical rows. */
export const layout = z.strictObject({
  $schema: z.string().optional().describe("For an editor: ./template.schema.json"),
  name: z
    .string()
    .regex(/^[a-z0-9-]+$/, "is made of small letters, digits and hyphens")
    .describe("What --template and ?template= call it."),
  title: z.string().min(1).describe("What a person calls it."),
  source: z.string().default("").describe("Whose layout it is, and since when."),
  sheets: sheets.prefault({}),
  header: header.prefault({}),
  columns,
  ignore,
  needs: z.array(tell).default([]).describe("All of these must be found, or the file has another layout."),
  refuses: z.array(tell).default([]).describe("None of these may be found, or the file has another layout."),
  period: periodSource,
  filename: periodPattern
    .optional()
    .describe("Where the file's name says a period. A file whose rows are of another is refused: `period-disagrees`."),
  organisation: organisationSource,
  metrics,
  means: meanings.default({}).describe("What cells that hold no number mean; a metric may have its own."),
  passOver: z
    .array(rowFilter)
    .default([])
    .describe(
      "Rows to pass over, of which any of these holds: totals, regions, England. Rows with one filled cell always are.",
    ),
  keep: z.array(rowFilter).default([]).describe("Only rows of which all of these hold are read."),
  endsAt: z.array(pattern).default([]).describe("The table ends where a row's first filled cell matches one of these."),
  issued: z
    .array(issued)
    .default([])
    .describe("Where an issue date stands, best first: the first that is filled counts."),
  totals: z.array(totalCheck).default([]).describe("Total rows that must be the sum of their parts."),
  notes: z.array(notes).default([]).describe("Sheets that name organisations missing or estimated."),
});

export type Layout = z.output<typeof layout>;
