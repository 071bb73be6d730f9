import type { MailItem } from "./item.ts";
import type { Entry, Fact, Line, Link, Section } from "./letter.ts";
import { dayInWords, listed, markOf, whatAndWhere } from "./wording.ts";

/** In full up to here; then a line each; then a count. A mail beyond 100 KB is cut off by some readers. */
const IN_FULL = 40;
const LINES = 400;

/** An item as an entry: what, where, value against limit, since when, why this person is told, and the case. */
export function entryOf(item: MailItem, baseUrl: string, happened: string | null, first: readonly Fact[] = []): Entry {
  const { detail } = item;
  const at = detail.value === undefined ? undefined : [detail.value, detail.periodName].filter(Boolean).join(" in ");
  return {
    headline: whatAndWhere(detail),
    happened,
    mark: markOf(detail.rag),
    facts: [
      ...first,
      ...fact("In short", item.picture?.inShort ?? undefined),
      ...fact("Say you have seen it by", detail.seenBy === undefined ? undefined : dayInWords(detail.seenBy)),
      ...fact("Due", detail.dueOn === undefined ? undefined : dayInWords(detail.dueOn)),
      ...fact("Value", at),
      ...fact("Period", detail.value === undefined ? detail.periodName : undefined),
      ...fact("Limit", detail.limit),
      ...fact("Plan", detail.plan),
      ...fact("Since", detail.since),
      ...fact("Area", detail.area),
      ...fact("Areas", listed(detail.areas)),
      ...fact("Figures", listed(detail.metrics)),
      ...fact("Minute", detail.minute),
      ...detail.limits.flatMap((text) => fact("Limit", text)),
      ...fact("Last day", detail.endsOn === undefined ? undefined : dayInWords(detail.endsOn)),
      ...detail.moved.flatMap((text) => fact("Because of it", text)),
      ...fact("Why", detail.why),
      ...fact("Note", detail.relapse),
      ...fact(
        "Note",
        detail.disputedUntil === undefined ? undefined : `Disputed until ${dayInWords(detail.disputedUntil)}`,
      ),
      ...fact(detail.asksFor === "decision" ? "Decided" : "They wrote", detail.said),
      ...fact(
        "Note",
        detail.provisional ? "Rated by a draft threshold that its board has not approved yet" : undefined,
      ),
      ...fact(
        "Note",
        detail.unsigned ? "Released unsigned: the provider's executive has not signed these figures off" : undefined,
      ),
      ...fact("You are told because", item.toldBecause),
      ...fact(
        "Your link",
        detail.linkUntil === undefined
          ? undefined
          : `opens without signing in until ${dayInWords(detail.linkUntil)}. It is yours alone: do not pass it on`,
      ),
    ],
    picture: item.picture,
    link: linkOf(item, baseUrl),
  };
}

/** One fact, or none where there is nothing to say. */
export function fact(label: string, text: string | undefined): Fact[] {
  return text === undefined || text === "" ? [] : [{ label, text }];
}

function linkOf({ escalation, submission, reason, detail }: MailItem, baseUrl: string): Link | null {
  if (reason.startsWith("limits-") && detail.page !== undefined)
    return { text: "See the limits", url: `${baseUrl}${detail.page}` };
  if (detail.answerAt !== undefined && detail.headline !== undefined && detail.asksFor === undefined)
    return { text: "See it", url: `${baseUrl}${detail.answerAt}` };
  if (detail.answerAt !== undefined) return { text: "Open it to answer", url: `${baseUrl}${detail.answerAt}` };
  if (escalation !== null) return { text: "See the case", url: `${baseUrl}/escalations/${escalation}` };
  return submission === null ? null : { text: "See the submission", url: `${baseUrl}/submissions/${submission}` };
}

/** The items of one section: the first in full, many more as a line each, the rest as a count with a link. */
export function entriesOf(
  items: readonly MailItem[],
  baseUrl: string,
  entry: (item: MailItem) => Entry,
): Partial<Section> {
  const left = items.length - IN_FULL - LINES;
  return {
    entries: items.slice(0, IN_FULL).map(entry),
    lines: items.slice(IN_FULL, IN_FULL + LINES).map((item): Line => {
      const { headline, happened, link } = entry(item);
      return { text: happened === null ? headline : `${headline}: ${happened}`, url: link?.url ?? null };
    }),
    more: left > 0 ? { text: `and ${left.toLocaleString("en-GB")} more`, url: `${baseUrl}/escalations` } : null,
  };
}
