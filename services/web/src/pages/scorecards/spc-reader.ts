import {
  type Database,
  type Kysely,
  type RowSpc,
  type ScorecardRow,
  spcOf,
  standingRecalculations,
} from "@signalbox/db";
import type { SpcOf } from "./row-order.ts";

/** The SPC of rows, worked out when it is asked for and once a row; recalculations are read in one statement. */
export async function spcReader(db: Kysely<Database>): Promise<SpcOf> {
  const recalculations = await standingRecalculations(db);
  const known = new Map<ScorecardRow, RowSpc>();
  return (row) => {
    let spc = known.get(row);
    if (spc === undefined) known.set(row, (spc = spcOf(row, recalculations)));
    return spc;
  };
}
