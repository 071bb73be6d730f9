import { FileRejected } from "../problem.ts";

/** Where programs before Excel 2007 stopped, without a word. */
export const OLD_LAST_ROW = 65_536;

/** Refuses a sheet whose last row is the last that an old spreadsheet program could hold: what came after it is lost. */
export function refuseCutOff(sheet: string, lastRow: number): void {
  if (lastRow !== OLD_LAST_ROW) return;
  const message =
    `The sheet "${sheet}" ends in row 65,536, where older spreadsheet programs cut off the rest without a word. ` +
    "Export it again as .xlsx or CSV and send that.";
  throw new FileRejected("cut-off-at-65536", message, lastRow);
}
