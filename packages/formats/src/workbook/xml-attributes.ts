import { brokenPart, unescaped } from "./xml-scanner.ts";

/** The attributes of a tag by their names as they stand. Throws FileRejected where they are none. */
export function attributesOf(part: string, text: string): Map<string, string> {
  const found = new Map<string, string>();
  let at = 0;
  for (;;) {
    while (isBlank(text.charCodeAt(at))) at++;
    if (at >= text.length) return found;
    const equals = text.indexOf("=", at);
    const name = text.slice(at, equals).trimEnd();
    let start = equals + 1;
    while (isBlank(text.charCodeAt(start))) start++;
    const end = text.indexOf(text.charAt(start), start + 1);
    const quote = text.charCodeAt(start);
    if (equals < 0 || name === "" || (quote !== 34 && quote !== 39) || end < 0 || found.has(name)) {
      throw brokenPart(part, "has a tag that cannot be read");
    }
    found.set(name, unescaped(part, text.slice(start + 1, end)));
    at = end + 1;
  }
}

function isBlank(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

/** A yes or no of a workbook's part. */
export function isTrue(value: string | undefined): boolean {
  return value === "1" || value?.toLowerCase() === "true";
}
