import { entriesOf, entryOf } from "../entry.ts";
import type { MailItem } from "../item.ts";
import { type Letter, type Section, section } from "../letter.ts";
import type { Context } from "../render.ts";
import { dayInWords, listed } from "../wording.ts";
import { firstDue } from "./requests.ts";
import { ofWhat, titled } from "./subject.ts";

const HAS_PASSED =
  "The day by which these figures are owed has passed. Please send them, or send a row that says why there is no value.";
const IS_NEAR =
  "The day by which these figures are owed is near. If they are on their way, there is nothing more to do; where there is no value, send a row that says why.";
const RAISED =
  "These figures have not come, and whoever was asked before you has not been heard of. Please see that they are sent, or that somebody says why there is no value.";

/** To the submitter, then to those above: figures are owed soon, or have not come. All of a day in one mail. */
export function missing(items: readonly MailItem[], { baseUrl }: Context): Letter {
  const soon = items.filter(({ reason }) => reason === "due-soon");
  const raised = items.filter(({ reason }) => reason.startsWith("raised-to-"));
  const passed = items.filter((item) => !soon.includes(item) && !raised.includes(item));
  const groups = [
    { items: passed, title: "Figures not received", intro: HAS_PASSED, happened: "Owed, and not received" },
    {
      items: raised,
      title: "Figures still not received",
      intro: RAISED,
      happened: "Owed, asked for, and not received",
    },
    { items: soon, title: `Figures due${onDay(soon)}`, intro: IS_NEAR, happened: "Owed, and not received yet" },
  ].filter((group) => group.items.length > 0);
  const [first] = groups;
  const heading = first?.title ?? "Figures not received";
  const entries = (group: (typeof groups)[number]): Partial<Section> =>
    entriesOf(group.items, baseUrl, (item) => {
      const page = item.detail.page;
      const entry = entryOf(item, baseUrl, group.happened);
      return page === undefined ? entry : { ...entry, link: { text: "See the return", url: `${baseUrl}${page}` } };
    });
  return {
    subject: titled(heading, ofWhom(items)),
    heading,
    intro: groups.length === 1 && first !== undefined ? [first.intro] : [],
    sections: groups.map((group) =>
      section(groups.length === 1 ? entries(group) : { ...entries(group), title: group.title, intro: group.intro }),
    ),
  };
}

function onDay(items: readonly MailItem[]): string {
  const day = firstDue(items);
  return day === null ? " soon" : ` ${items.length > 1 ? "from " : ""}${dayInWords(day)}`;
}

function ofWhom(items: readonly MailItem[]): string {
  const organisations = [...new Set(items.flatMap(({ detail }) => detail.organisation ?? []))];
  const who = organisations.length > 3 ? `${organisations.length} organisations` : listed(organisations);
  return [who, ofWhat(items)].filter(Boolean).join(", ");
}
