import { entriesOf, entryOf, fact } from "../entry.ts";
import type { MailItem } from "../item.ts";
import { type Letter, section } from "../letter.ts";
import type { Context } from "../render.ts";
import type { StandingSummary } from "../standing-summary.ts";
import { before, dayInWords } from "../wording.ts";
import { happened, moves } from "./moves.ts";
import { ofWhat, titled } from "./subject.ts";
import { summaryCounts, summarySections } from "./summary.ts";

/** To leaders: what moved before their forums, and, once a period, all that stands there. */
export function digest(all: readonly MailItem[], { baseUrl, summary }: Context): Letter {
  const items = all.filter(({ reason }) => reason !== "summary");
  const left = new Set(items);
  const groups = moves.flatMap((move) => {
    const there = [...left].filter(move.holds);
    for (const item of there) left.delete(item);
    return there.length === 0 ? [] : [{ move, there }];
  });
  // Restated comes first when items are told apart, and last when they are counted.
  const ordered = [
    ...groups.filter(({ move }) => move !== moves[0]),
    ...groups.filter(({ move }) => move === moves[0]),
  ];
  const counts = ordered.map(({ move, there }) => move.count(there.length)).join(", ");
  return {
    subject: subjectOf(counts, items, summary),
    heading: counts === "" ? "What stands before your forums" : counts,
    intro: [introOf(items, summary)].filter(Boolean),
    sections: [
      ...ordered.map(({ move, there }) =>
        section({
          title: move.title,
          ...entriesOf(there, baseUrl, (item) => entryOf(item, baseUrl, happened(item), toldBefore(item))),
        }),
      ),
      ...(summary === null ? [] : summarySections(summary, baseUrl)),
    ],
  };
}

function subjectOf(counts: string, items: readonly MailItem[], summary: StandingSummary | null): string {
  if (counts !== "" || summary === null) return titled(counts, ofWhat(items, summary?.periodName));
  const of = summary.periodName === null ? "" : summary.periodName;
  return titled(summaryCounts(summary), of);
}

function introOf(items: readonly MailItem[], summary: StandingSummary | null): string {
  const moved = items.some(({ reason }) => !reason.startsWith("limits-"))
    ? "Since the last mail, these cases have moved."
    : "";
  const stands = summary === null ? "" : "Below is all that stands before your forums.";
  return [moved, stands].filter(Boolean).join(" ");
}

function toldBefore({ toldOn, detail }: MailItem) {
  if (!detail.restated || detail.before === undefined) return [];
  const { event, tier, value } = detail.before;
  const what = [event?.replaceAll("-", " "), tier === undefined ? "" : `before ${before(tier)}`]
    .filter(Boolean)
    .join(", ");
  const on = toldOn === null ? "Told before" : `Told on ${dayInWords(toldOn)}`;
  return fact(on, [what, value].filter(Boolean).join(", at "));
}
