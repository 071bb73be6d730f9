import { entriesOf, entryOf, fact } from "../entry.ts";
import type { MailItem } from "../item.ts";
import { type Letter, section } from "../letter.ts";
import type { Context } from "../render.ts";
import { counted, listed } from "../wording.ts";
import { missing } from "./missing.ts";
import { titled } from "./subject.ts";

const LOOK = "Signalbox fetches these files by itself. It goes on asking, but somebody should look.";

/** What has not come: owed by somebody, or not to be fetched by Signalbox itself. Operators may hear of both at once. */
export function missingOrNotFetched(items: readonly MailItem[], context: Context): Letter {
  const [sources, owed] = [items.filter(isSource), items.filter((item) => !isSource(item))];
  if (sources.length === 0) return missing(items, context);
  const letter = notFetched(sources, context);
  if (owed.length === 0) return letter;
  const first = missing(owed, context);
  const [intro = null] = letter.intro;
  const added = letter.sections.map((one) => ({ ...one, title: letter.heading, intro }));
  return { ...first, sections: [...first.sections, ...added] };
}

function isSource({ reason }: MailItem): boolean {
  return reason === "not-fetched" || reason === "fetched";
}

/** To the operators: files that Signalbox fetches itself and cannot, or could not until now. */
function notFetched(items: readonly MailItem[], { baseUrl }: Context): Letter {
  const names = [...new Set(items.map(({ detail }) => detail.title))];
  const failing = items.filter(({ reason }) => reason === "not-fetched").length;
  const many = failing > 0 ? failing : items.length;
  const files = many === 1 ? "A file" : counted(many, "file");
  const heading = failing > 0 ? `${files} could not be fetched` : `${files} came after all`;
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
    intro: [failing > 0 ? LOOK : "You were told that this could not be fetched. There is nothing more to do."],
    sections: [section(entries)],
  };
}
