import { z } from "zod";

const cell = z.tuple([z.string(), z.string()]);

/** A problem with the cell and the row as they stood; both empty where a whole file is concerned. */
const problem = z.object({
  file: z.string(),
  line: z.number(),
  column: z.string(),
  message: z.string(),
  said: z.string().nullable(),
  row: z.array(cell),
});
export type DraftProblem = z.infer<typeof problem>;

const rowChange = z.object({
  what: z.enum(["added", "changed", "removed"]),
  key: z.array(cell),
  cells: z.array(z.object({ column: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
});
const fileDifferences = z.object({
  file: z.string(),
  added: z.number(),
  changed: z.number(),
  removed: z.number(),
  rows: z.array(rowChange),
});

/** What the check of a catalogue found, as it is kept with the draft: what its page shows needs no second check. */
export const draftOutcome = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("problems"), problems: z.array(problem), total: z.number() }),
  z.object({ kind: z.literal("refused"), problems: z.array(problem), total: z.number() }),
  z.object({ kind: z.literal("unchanged") }),
  z.object({
    kind: z.literal("ready"),
    differences: z.array(fileDifferences),
    due: z.object({ series: z.number(), organisations: z.number() }),
  }),
]);
export type DraftOutcome = z.infer<typeof draftOutcome>;
