import { entriesOf, entryOf } from "../entry.ts";
import type { MailItem } from "../item.ts";
import { type Entry, type Fact, type Letter, section } from "../letter.ts";
import type { Context } from "../render.ts";
import { before, dayInWords, whatAndWhere } from "../wording.ts";
import { ofWhat, titled } from "./subject.ts";

/** To those who were told what no longer holds: what they were told, and what holds now. */
export function correction(items: readonly MailItem[], { baseUrl }: Context): Letter {
  const [single] = items;
  const one = items.length === 1 && single !== undefined;
  return {
    subject: titled(
      one ? "Correction" : `${items.length} corrections`,
      one ? [whatAndWhere(single.detail), single.detail.periodName].filter(Boolean).join(", ") : ofWhat(items),
    ),
    heading: one ? "Correction to what we told you" : `${items.length} corrections to what we told you`,
    intro: ["Figures were changed after we wrote to you. What we told you then does not hold any more."],
    sections: [section(entriesOf(items, baseUrl, (item) => correctedEntry(item, baseUrl)))],
  };
}

function correctedEntry(item: MailItem, baseUrl: string): Entry {
  const { value: _, ...rest } = item.detail;
  return entryOf({ ...item, detail: rest }, baseUrl, "Corrected", thenAndNow(item));
}

function thenAndNow({ toldOn, detail }: MailItem): Fact[] {
  const { event, tier, value } = detail.before ?? {};
  const nothing = event === "none" || event === "withdrawn";
  const was = nothing
    ? ["That no such case stood"]
    : [event === undefined ? "" : wordsOf(event), tier === undefined ? "" : `stood before ${before(tier)}`];
  const then = [was.filter(Boolean).join(", "), value === undefined ? "" : `value ${value}`].filter(Boolean).join("; ");
  const now = [nowStanding(detail), detail.value === undefined ? "" : `value ${detail.value}`]
    .filter(Boolean)
    .join("; ");
  return [
    {
      label: toldOn === null ? "What we told you" : `What we told you on ${dayInWords(toldOn)}`,
      text: then || "That this case stood",
    },
    { label: "What holds now", text: now },
  ];
}

function wordsOf(event: string): string {
  const words = event.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function nowStanding({ tier, event }: MailItem["detail"]): string {
  if (event === "withdrawn") return "There is no such case";
  if (event === "none") return "It stood before no forum then";
  return tier === undefined || tier === "none" ? "It is not before any forum" : `It stands before ${before(tier)}`;
}
