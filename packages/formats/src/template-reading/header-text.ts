/** What is longer is no header and no text that a template means, and must not keep a pattern busy. */
const LONGEST_TEXT = 2_000;
const LONGEST_HEADER = 500;
const NOTE = /\s*[([](?:see\s+)?notes?\b[^)\]]*[)\]]|\s*\[\d{1,2}\]/gi;
const MARKS = /[\s*†‡⁰¹²³⁴-⁹]+$/u;

/**
 * A header as a template compares it: without case, line breaks, padding, byte-order marks, no-break blanks and footnote
 * marks ("(see note 1)", "[note 2]", a trailing * or ²).
 */
export function headerText(text: string): string {
  const plain = wholeText(text.slice(0, LONGEST_HEADER));
  const bare = plain.replace(NOTE, "").replace(MARKS, "");
  return bare === "" ? plain : bare;
}

/** A cell's text as a template's patterns see it: without needless blanks, and not for ever. */
export function shortText(text: string): string {
  return text.slice(0, LONGEST_TEXT).trim().replace(/\s+/g, " ");
}

/** A text as a template's whole texts are compared with it: without case, and with runs of blanks as one. */
export function wholeText(text: string): string {
  return text.trim().replace(/\s+/g, " ").toLowerCase();
}
