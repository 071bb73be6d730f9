import type { MailItem } from "../item.ts";
import { before, counted } from "../wording.ts";

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
  {
    title: "Challenged: done, and the figure has not moved",
    count: (n) => `${n} challenged`,
    holds: is("challenged"),
  },
  { title: "New for the board", count: (n) => `${n} new for the board`, holds: is("raised") },
  { title: "Standing since before", count: (n) => `${n} standing since before`, holds: is("standing") },
  { title: "Stepped down to the board", count: (n) => `${n} stepped down to the board`, holds: is("stepped-down") },
  { title: "Resolved", count: (n) => `${n} resolved`, holds: is("resolved") },
  { title: "Withdrawn", count: (n) => `${n} withdrawn`, holds: is("withdrawn") },
  {
    title: "Limits approved",
    count: (n) => counted(n, "set of limits approved", "sets of limits approved"),
    holds: is("limits-approved"),
  },
  {
    title: "Limits for you to decide",
    count: (n) => counted(n, "set of limits for you to decide", "sets of limits for you to decide"),
    holds: is("limits-sent"),
  },
  {
    title: "Limits sent back to you",
    count: (n) => counted(n, "set of limits sent back", "sets of limits sent back"),
    holds: is("limits-sent-back"),
  },
  { title: "Ends soon", count: (n) => `${n} ${n === 1 ? "ends" : "end"} soon`, holds: is("limits-end-soon") },
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
  if (reason === "challenged") return "Challenged: the actions are done, and the figure has not moved";
  if (reason === "resolved") return "Resolved: no longer before the board or the SLT";
  if (reason === "withdrawn") return "Withdrawn: there is no such case any more";
  if (reason === "standing") return `Stands before ${before(tier)}`;
  if (reason === "limits-approved") return "Approved: these limits count from the months that are named";
  if (reason === "limits-sent") return "Waits for you to approve it or send it back";
  if (reason === "limits-sent-back") return "Sent back: change it and send it again, or withdraw it";
  if (reason === "limits-end-soon") return "Nothing follows: propose limits, or set plans, for the months after";
  const words = reason.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
