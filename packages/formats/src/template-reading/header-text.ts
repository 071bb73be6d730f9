const NOTE = /\s*[([](?:see\s+)?notes?\b[^)\]]*[)\]]|\s*\[\d{1,2}\]/gi;
const MARKS = /[\s*†‡⁰¹²³⁴-⁹]+$/u;

/**
 * A header as a template compares it: without case, line breaks, padding, byte-order marks, no-break blanks and footnote
 * marks ("(see note 1)", "[note 2]", a trailing * or ²).
 */
export function headerText(text: string): string {
  const plain = text.trim().replace(/\s+/g, " ").toLowerCase();
  const bare = plain.replace(NOTE, "").replace(MARKS, "");
  return bare === "" ? plain : bare;
}

/** A text as a template's whole texts are compared with it: without case, and with runs of blanks as one. */
export function wholeText(text: string): string {
  return text.trim().replace(/\s+/g, " ").toLowerCase();
}
