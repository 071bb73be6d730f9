import { parsePeriod } from "@signalbox/domain";
import { z } from "zod";
import { Problem } from "../problem.ts";

/** Text that can stand in a database and a header: no control characters, no half of one, no more than a name needs. */
export const plainText = z
  .string()
  .max(300)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, "control characters are not taken");

/** What somebody writes, lines and all: no NUL and no half of a character, which no database takes. */
export const writtenText = z
  .string()
  .trim()
  .regex(/^[^\0\p{Cs}]*$/u, "NUL and halves of characters are not taken");

/** Paging: at most 1,000 items, and where the last page ended. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(1000).default(1000).describe("How many items at most"),
  cursor: z.string().max(1000).optional().describe("`next` of the page before"),
};

export const yesOrNo = z.enum(["true", "false"]).optional();

/** A period as a caller writes it, as the first and the last month it covers. */
export function monthsOf(text: string | undefined): { first: number; last: number } | undefined {
  if (text === undefined) return undefined;
  const month = parsePeriod(text, "monthly");
  if (month !== null) return { first: month, last: month };
  const quarter = parsePeriod(text, "quarterly");
  if (quarter !== null) return { first: quarter, last: quarter + 2 };
  throw new Problem(400, `"${text}" is no period: write 2024-03, or 2023/24 Q4.`);
}

/** An id in a path; null where it can be none. */
export function idOf(text: string): number | null {
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** The id that a filter names; one that can be none matches nothing. */
export function idFilter(text: string | undefined): number | undefined {
  return text === undefined ? undefined : (idOf(text) ?? 0);
}

export const idParams = z.object({ id: z.string() });

/** Where a list goes on: opaque to callers and fit for a URL. */
export function encodeCursor(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/** The place that a cursor stands for, or null for the beginning; throws Problem 400 for one we never gave. */
export function decodeCursor<Place>(shape: z.ZodType<Place>, cursor: string | undefined): Place | null {
  if (cursor === undefined) return null;
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch {
    throw new Problem(400, "The cursor is none of ours: pass on `next` as it came.");
  }
}

const idPlace = z.tuple([z.number().int().nonnegative()]);

/** The id after which a list by id goes on. */
export function idAfter(cursor: string | undefined): number {
  return decodeCursor(idPlace, cursor)?.[0] ?? 0;
}

/** One page of a list by id: ask for one item more than wanted, and `next` shows whether there is more. */
export function pageById<Item extends { readonly id: number }, Shown>(
  found: readonly Item[],
  limit: number,
  shown: (item: Item) => Shown,
): { items: Shown[]; next: string | null } {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items: items.map(shown), next: found.length > limit && last ? encodeCursor([last.id]) : null };
}
