import { canonical } from "../../packages/formats/src/testing.ts";

/** A file made to do harm, or made by mishap, and what must become of it. */
export interface HostileFile {
  what: string;
  /** Made when it is needed: some are large. */
  bytes: () => Buffer;
  /** The code it is rejected with, or how many rows are read of it. */
  comes: string | number;
}

/** A canonical row that counts. */
export const GOOD_ROW = "2024-03,RXX,ae-12h,7,,,,";
export const HEADER = "period,organisation,metric,value,numerator,denominator,plan,comment";
export const goodFile = Buffer.from(canonical(GOOD_ROW));

/** The same table in a sheet's rows. */
export const HEADER_CELLS = cellsOf(HEADER.split(","));
export const GOOD_CELLS = cellsOf(GOOD_ROW.split(","));

/** Cells without references that hold these texts. */
export function cellsOf(texts: readonly string[]): string {
  return texts.map((text) => (text === "" ? "<c/>" : `<c t="str"><v>${text}</v></c>`)).join("");
}
