import { z } from "zod";

const cellMeaning = z.enum(["no-value", "zero", "skip", "missing"]);

/** What a cell that holds no number means, by its text. */
export const meanings = z
  .record(z.string(), cellMeaning)
  .describe(
    'What cells that hold no number mean, by their text: "-" (any dash), "" (empty), "*", "NULL", "n/a" … Each is `no-value` ' +
      "(the cell's text is kept as the reason; so is everything that is not listed), `zero`, or `skip`: it counts for nothing " +
      "in a sum, and where all cells of a sum are skipped there is no value; or `missing`: the publisher says so that it was not " +
      "submitted, which ends no silence.",
  );

export type CellMeaning = z.output<typeof cellMeaning>;
