import { entriesOf, entryOf } from "../entry.ts";
import type { MailItem } from "../item.ts";
import { type Letter, section } from "../letter.ts";
import type { Context } from "../render.ts";
import { counted, dayInWords, listed } from "../wording.ts";
import { firstDue } from "./requests.ts";
import { titled } from "./subject.ts";

/** To the provider's executive: leaders hear of what figures show once they are signed off. */
export function signOff(items: readonly MailItem[], { baseUrl }: Context): Letter {
  const isReminder = items.every(({ reason }) => reason === "sign-off-due");
  const what = items.length === 1 ? "sign-off" : counted(items.length, "sign-off");
  const heading = isReminder ? `Reminder: ${what} asked for` : `${capital(what)} asked for`;
  const names = listed(items.slice(0, 3).map(({ detail }) => detail.title));
  const more = items.length > 3 ? ` and ${items.length - 3} more` : "";
  const [single] = items;
  const where = items.length === 1 ? single?.detail.organisation : undefined;
  const day = firstDue(items);
  const last =
    day === null ? "" : ` What is not signed by ${dayInWords(day)} is released as unsigned, and said to be so.`;
  return {
    subject: titled(heading, [`${names}${more}`, where].filter(Boolean).join(", ")),
    heading,
    intro: [`Boards and the SLT hear of what these figures show when you sign them off.${last}`],
    sections: [section(entriesOf(items, baseUrl, (item) => entryOf(item, baseUrl, "Your signature is asked for")))],
  };
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
