import { FileRejected } from "../problem.ts";

/** A nation's month of referrals to treatment is 22 million cells. */
const MOST_CELLS = 30_000_000;

/** How many cells a file may still have, the blanks before a row's last cell among them. */
export class CellBudget {
  #left = MOST_CELLS;

  spend(cells: number): void {
    this.#left -= cells;
    if (this.#left >= 0) return;
    const message = "The workbook has more than 30 million cells. Split it by period and send the parts.";
    throw new FileRejected("too-many-cells", message);
  }
}
