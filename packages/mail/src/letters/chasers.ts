import { entriesOf, entryOf } from "../entry.ts";
import type { MailItem } from "../item.ts";
import { type Letter, section } from "../letter.ts";
import type { Context } from "../render.ts";
import { dayInWords, whatAndWhere } from "../wording.ts";
import { ASKED } from "./asked.ts";
import { askedFor, firstDue } from "./requests.ts";
import { signOff } from "./sign-off.ts";
import { ofWhat, titled } from "./subject.ts";

/** To whoever was asked: the day is near, or has come. */
export function reminder(items: readonly MailItem[], context: Context): Letter {
  if (items.every(({ detail }) => detail.asksFor === "sign-off")) return signOff(items, context);
  const due = firstDue(items);
  if (due === context.today) return dueToday(items, context);
  const day = due === null ? "" : ` due ${items.length > 1 ? "from " : ""}${dayInWords(due)}`;
  return chaser(items, context, {
    heading: `Reminder: ${askedFor(items)}${day}`,
    intro: "This was asked for and has not come yet. If it is on its way, there is nothing more to do.",
  });
}

function dueToday(items: readonly MailItem[], context: Context): Letter {
  const isAll = items.every(({ detail }) => detail.dueOn === context.today);
  return chaser(items, context, {
    heading: isAll ? `Due today: ${askedFor(items)}` : `Reminder: ${askedFor(items)}, the first due today`,
    intro: `${isAll ? "This was asked for by today" : "This was asked for, some of it by today,"} and has not come yet. If it is on its way, there is nothing more to do.`,
  });
}

/** To whoever was asked, then to those above: the day has passed. */
export function overdue(items: readonly MailItem[], context: Context): Letter {
  if (items.every(({ detail }) => detail.asksFor === "next-step")) return nothingFollowed(items, context);
  const due = firstDue(items);
  const day = due === null ? "" : `${items.length > 1 ? ", the first" : ""} due ${dayInWords(due)}`;
  return chaser(items, context, {
    heading: `Overdue: ${askedFor(items)}${day}`,
    intro: "This was asked for, and the day by which it was due has passed without an answer.",
  });
}

/** To the executives: a case was acknowledged, and then nothing happened. */
function nothingFollowed(items: readonly MailItem[], context: Context): Letter {
  const single = items.length === 1;
  return chaser(items, context, {
    heading: single ? "Acknowledgement ran out" : `${items.length} acknowledgements ran out`,
    intro: `${single ? "This case was" : "These cases were"} acknowledged, and nothing has followed in time: no step down, no plan. Please see that somebody takes ${single ? "it" : "them"} on. Open the case to acknowledge it anew.`,
  });
}

function chaser(items: readonly MailItem[], { baseUrl }: Context, said: { heading: string; intro: string }): Letter {
  const [single] = items;
  const of = items.length === 1 && single !== undefined ? whatAndWhere(single.detail) : ofWhat(items);
  return {
    subject: titled(said.heading, of),
    heading: said.heading,
    intro: [said.intro],
    sections: [
      section(
        entriesOf(items, baseUrl, (item) => entryOf(item, baseUrl, ASKED[item.detail.asksFor ?? "action-plan"].waits)),
      ),
    ],
  };
}
