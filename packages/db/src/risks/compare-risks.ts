import { keyOfRisk, type RiskRow } from "./risk-row.ts";

/** A risk of the register that a new row takes the place of. */
export interface ChangedRisk {
  readonly was: RiskRow;
  readonly is: RiskRow;
}

/** What rows would change in the registers. What they do not name stays as it is: a register is amended, not replaced. */
export interface RiskChanges {
  readonly added: readonly RiskRow[];
  readonly changed: readonly ChangedRisk[];
  readonly unchanged: number;
}

const COLUMNS = ["reference", "title", "likelihood", "impact", "reviewedOn", "owner"] as const;

/** Compares rows, of which no two are the same risk, with the risks that hold. */
export function compareRisks(rows: readonly RiskRow[], held: readonly RiskRow[]): RiskChanges {
  const before = new Map(held.map((row) => [keyOfRisk(row), row]));
  const added: RiskRow[] = [];
  const changed: ChangedRisk[] = [];
  for (const is of rows) {
    const was = before.get(keyOfRisk(is));
    if (was === undefined) added.push(is);
    else if (COLUMNS.some((column) => was[column] !== is[column])) changed.push({ was, is });
  }
  return { added, changed, unchanged: rows.length - added.length - changed.length };
}
