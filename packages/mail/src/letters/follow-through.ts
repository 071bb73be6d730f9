import { entriesOf, entryOf } from "../entry.ts";
import type { MailItem } from "../item.ts";
import { type Letter, section } from "../letter.ts";
import type { Context } from "../render.ts";
import { counted, dayInWords, whatAndWhere } from "../wording.ts";
import { ASKED } from "./asked.ts";
import { firstDue } from "./requests.ts";
import { ofWhat, titled } from "./subject.ts";

/** Asks somebody for something that is neither plan nor commentary: its words are by what is asked for. */
export function request(items: readonly MailItem[], { baseUrl }: Context): Letter {
  const [single] = items;
  const one = items.length === 1 && single !== undefined;
  const due = firstDue(items);
  const by = due === null ? "" : `${one ? ", due" : ", the first due"} ${dayInWords(due)}`;
  const heading = one ? ASKED[single.detail.asksFor ?? "action-plan"].heading : `${items.length} things asked of you`;
  return {
    subject: `${titled(heading, one ? whatAndWhere(single.detail) : ofWhat(items))}${by}`,
    heading,
    intro: one
      ? [ASKED[single.detail.asksFor ?? "action-plan"].please]
      : ["Each of these waits for you. Open it to answer."],
    sections: [
      section(
        entriesOf(items, baseUrl, (item) =>
          entryOf(item, baseUrl, one ? null : ASKED[item.detail.asksFor ?? "action-plan"].heading),
        ),
      ),
    ],
  };
}

/** Says what became of something that somebody gave or was asked for. */
export function followUp(items: readonly MailItem[], { baseUrl }: Context): Letter {
  const [single] = items;
  const one = items.length === 1 && single !== undefined;
  const heading = one
    ? (single.detail.headline ?? "News of a case")
    : counted(items.length, "piece of news", "pieces of news");
  return {
    subject: titled(heading, one ? whatAndWhere(single.detail) : ofWhat(items)),
    heading,
    intro: [],
    sections: [
      section(entriesOf(items, baseUrl, (item) => entryOf(item, baseUrl, one ? null : (item.detail.headline ?? null)))),
    ],
  };
}
