/** One file of a feed as it is submitted. */
export interface Feed {
  readonly filename: string;
  readonly bytes: Buffer;
  readonly mediaType: string;
  /** Data rows in the file as it stands, the header not counted. */
  readonly rows: number;
}

/** What a feed is made for. `issue` changes the bytes and no figure: the same month, published again. */
export interface FeedOf {
  readonly month: Temporal.PlainYearMonth;
  readonly providers: readonly string[];
  readonly issue: number;
}

/** A whole number from 0 to `below`, the same for the same place. */
export function someCount(a: number, b: number, below: number): number {
  let x = (Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b)) >>> 0;
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d) >>> 0;
  return ((x ^ (x >>> 13)) >>> 0) % below;
}

/** A CSV file of a header and rows; a later issue ends in so many blank lines more. */
export function csvOf(header: string, rows: readonly string[], issue: number): Buffer {
  return Buffer.from(`${header}\r\n${rows.join("\r\n")}\r\n${"\r\n".repeat(issue)}`);
}

/** Header names of week bands, from one week to another. */
export function bands(from: number, to: number, name: (week: number) => string): string[] {
  return Array.from({ length: to - from }, (_, at) => name(from + at));
}

export const nameOf = (month: Temporal.PlainYearMonth): string =>
  month.toLocaleString("en-GB", { month: "long", calendar: "iso8601" });
