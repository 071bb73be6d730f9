import type { MailItem } from "../item.ts";
import { listed, shortArea } from "../wording.ts";

/** "Urgent and Emergency Care, March 2024": of which areas and period the items are; empty where they do not say. */
export function ofWhat(items: readonly MailItem[], periodName: string | null = null): string {
  const areas = distinct(items.map(({ detail }) => detail.area)).map(shortArea);
  const periods = distinct([...items.map(({ detail }) => detail.periodName), periodName ?? undefined]);
  const where = areas.length > 3 ? `${areas.length} areas` : listed(areas);
  return [where, periods.length > 2 ? `${periods.length} periods` : listed(periods)].filter(Boolean).join(", ");
}

/** A lead and what it is of, joined by a colon where there is both. */
export function titled(lead: string, of: string): string {
  return of === "" ? lead : `${lead}: ${of}`;
}

function distinct(words: readonly (string | undefined)[]): string[] {
  return [...new Set(words.filter((word) => word !== undefined && word !== ""))] as string[];
}
