import type { MailItem } from "../item.ts";
import { before } from "../wording.ts";

/** A kind of move as a digest groups, counts and says it. */
interface Move {
  readonly title: string;
  readonly count: (n: number) => string;
  readonly holds: (item: MailItem) => boolean;
}

const is = (reason: string, tier?: "slt" | "board") => (item: MailItem) =>
  item.reason === reason && (tier === undefined || item.detail.tier === tier);

/** Worst first; an item stands under the first that holds. */
export const moves: readonly Move[] = [
  { title: "Restated", count: (n) => `${n} restated`, holds: ({ detail }) => detail.restated },
  { title: "New for the SLT", count: (n) => `${n} new for the SLT`, holds: is("raised", "slt") },
  { title: "Stepped up to the SLT", count: (n) => `${n} stepped up to the SLT`, holds: is("stepped-up") },
  { title: "New for the board", count: (n) => `${n} new for the board`, holds: is("raised") },
  { title: "Standing since before", count: (n) => `${n} standing since before`, holds: is("standing") },
  { title: "Stepped down to the board", count: (n) => `${n} stepped down to the board`, holds: is("stepped-down") },
  { title: "Resolved", count: (n) => `${n} resolved`, holds: is("resolved") },
  { title: "Withdrawn", count: (n) => `${n} withdrawn`, holds: is("withdrawn") },
  { title: "Also", count: (n) => `${n} more`, holds: () => true },
];

/** What happened to a case, in words. */
export function happened({ reason, detail }: MailItem): string {
  const word = said(reason, detail.tier, detail.was);
  const since = reason === "standing" && detail.since !== undefined ? ` since ${detail.since}` : "";
  return `${word}${since}${detail.restated ? " (restated)" : ""}`;
}

function said(reason: string, tier: MailItem["detail"]["tier"], was: MailItem["detail"]["was"]): string {
  if (reason === "raised") return `Raised to ${before(tier)}`;
  if (reason === "stepped-up") return `Stepped up from ${before(was ?? "board")} to ${before(tier ?? "slt")}`;
  if (reason === "stepped-down") return `Stepped down from ${before(was ?? "slt")} to ${before(tier ?? "board")}`;
  if (reason === "resolved") return "Resolved: no longer before the board or the SLT";
  if (reason === "withdrawn") return "Withdrawn: there is no such case any more";
  if (reason === "standing") return `Stands before ${before(tier)}`;
  const words = reason.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
