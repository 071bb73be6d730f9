/** What a cell's number means by its format: a share, a point in time, a length of time, or the number itself. */
export type NumberKind = "plain" | "percent" | "date" | "time";

const BUILT_IN: readonly (readonly [from: number, to: number, kind: NumberKind])[] = [
  [9, 10, "percent"],
  [14, 17, "date"],
  [18, 21, "time"],
  [22, 22, "date"],
  [27, 31, "date"],
  [32, 33, "time"],
  [34, 36, "date"],
  [45, 47, "time"],
  [50, 54, "date"],
  [55, 56, "time"],
  [57, 58, "date"],
];

/** The kind of a format that spreadsheet programs know by its number alone. */
export function kindOfBuiltIn(id: number): NumberKind {
  return BUILT_IN.find(([from, to]) => id >= from && id <= to)?.[2] ?? "plain";
}

/** Text in quotes, after a backslash, repeated or as wide as another, and conditions, colours and locales. */
const ASIDE = /"[^"]*"?|\\.|[*_].|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi;

/** The kind of a format by its code, such as `dd/mm/yyyy`, `[h]:mm:ss` or `0.0%`; what holds of its first section. */
export function kindOfCode(code: string): NumberKind {
  const [first = ""] = code.replace(ASIDE, "").split(";");
  const plain = first.replace(/general/gi, "").toLowerCase();
  if (/\[(?:h+|m+|s+)\]/.test(plain)) return "time";
  if (/[yd]/.test(plain) || (plain.includes("m") && !/[hs]/.test(plain) && !/[0#?]/.test(plain))) return "date";
  if (/[hs]/.test(plain)) return "time";
  return plain.includes("%") ? "percent" : "plain";
}
