/**
 * A text from outside as one line that can do no harm in a header or a text part: no line breaks, control characters or
 * marks that turn the direction of writing.
 */
export function plain(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
    .trim();
}
