import { z } from "zod";

/** Compiles a template's pattern; case never matters. */
export function patternOf(text: string): RegExp {
  return new RegExp(text, "iu");
}

function isPattern(text: string): boolean {
  try {
    patternOf(text);
    return true;
  } catch {
    return false;
  }
}

/** A regular expression, looked for anywhere in a text unless it says ^ and $; case never matters. */
export const pattern = z
  .string()
  .min(1)
  .refine(isPattern, "is no regular expression")
  .describe("A regular expression, found anywhere in the text unless it says ^ and $. Case never matters.");

/** Our own name for a column, as `columns` defines it. */
export const column = z.string().min(1).describe("The name of a column, as `columns` gives it.");

/** A text that is compared whole, without case, with blanks at its ends and runs of blanks as one. */
export const wholeText = z.string().describe("A whole text; case and needless blanks do not matter.");

/** The named parts that a pattern must have: one of these sets. */
export function namesParts(text: string | undefined, sets: readonly (readonly string[])[]): boolean {
  return text === undefined || sets.some((set) => set.every((part) => text.includes(`(?<${part}>`)));
}
