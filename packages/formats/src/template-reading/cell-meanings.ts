import type { CellMeaning } from "../template.ts";
import { wholeText } from "./header-text.ts";

const DASHES = /^[-–—−]$/;

/** What cells without a number mean, by their text as it is compared: any dash is "-". */
export type Meanings = ReadonlyMap<string, CellMeaning>;

/** The meanings that a template gives, with those that a metric of it gives in their place. */
export function meaningsOf(...given: readonly (Readonly<Record<string, CellMeaning>> | undefined)[]): Meanings {
  return new Map(
    given.flatMap((record) => Object.entries(record ?? {}).map(([text, says]) => [cellText(text), says] as const)),
  );
}

/** A cell's text as meanings are looked up by it. */
export function cellText(text: string): string {
  const plain = wholeText(text);
  return DASHES.test(plain) ? "-" : plain;
}
