import type { NumberKind } from "./number-format.ts";
import { numberText } from "./number-text.ts";
import { withoutEscapes } from "./xlsx-strings.ts";

/** A cell as its sheet says it: what is not there is null. */
export interface XlsxCell {
  type: string;
  style: string | undefined;
  value: string | null;
  formula: string | null;
  inline: string | null;
}

/** What the cells of a workbook refer to. */
export interface CellMeaning {
  readonly strings: readonly string[];
  readonly kinds: readonly NumberKind[];
  readonly from1904: boolean;
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
/** An error that only some program knows; a value it is not. */
const OTHER_ERROR = "#ERR!";
const ISO_DATE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?)?$/;

/** The text of a cell in the contract's notations, or null for one that says what no cell can. */
export function cellText({ type, style, value, formula, inline }: XlsxCell, meaning: CellMeaning): string | null {
  if (type === "inlineStr" && inline !== null) return inline;
  // A formula that was never worked out is said to be one: an empty cell would hide that a value is missing.
  if (value === null) return formula === null ? "" : `=${formula}`;
  switch (type) {
    case "s":
      return /^\d+$/.test(value) ? (meaning.strings[Number(value)] ?? null) : null;
    case "str":
    case "inlineStr":
      return withoutEscapes(value);
    case "b":
      return value === "1" ? "TRUE" : value === "0" ? "FALSE" : null;
    case "e":
      return value.startsWith("#") ? value : OTHER_ERROR;
    case "d":
      return ISO_DATE.test(value) ? value.replace(/T00:00:00(?:\.0+)?$/, "").replace("T", " ") : null;
    case "n":
      return numberCell(value.trim(), style, meaning);
    default:
      return null;
  }
}

function numberCell(text: string, style: string | undefined, { kinds, from1904 }: CellMeaning): string | null {
  if (text === "") return "";
  const kind = style === undefined || kinds.length === 0 ? "plain" : kinds[Number(style)];
  const number = Number(text);
  if (kind === undefined || !NUMBER.test(text) || !Number.isFinite(number)) return null;
  return numberText(number, kind, from1904);
}
