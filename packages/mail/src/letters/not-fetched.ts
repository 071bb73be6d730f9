import { entriesOf, entryOf, fact } from "../entry.ts";
import type { MailItem } from "../item.ts";
import { type Letter, section } from "../letter.ts";
import type { Context } from "../render.ts";
import { counted, listed } from "../wording.ts";
import { titled } from "./subject.ts";

/** To the operators: files that Signalbox fetches itself, and cannot. */
export function notFetched(items: readonly MailItem[], { baseUrl }: Context): Letter {
  const names = [...new Set(items.map(({ detail }) => detail.title))];
  const heading =
    items.length === 1 ? "A file could not be fetched" : `${counted(items.length, "file")} could not be fetched`;
  const entries = entriesOf(items, baseUrl, (item) => {
    const { happened, lastAnswer, address, remedy } = item.detail;
    const facts = [...fact("Last answer", lastAnswer), ...fact("Address", address), ...fact("What to do", remedy)];
    return entryOf(item, baseUrl, happened ?? null, facts);
  });
  return {
    subject: titled(
      heading,
      names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : listed(names),
    ),
    heading,
    intro: ["Signalbox fetches these files by itself. It goes on asking, but somebody should look."],
    sections: [section(entries)],
  };
}
