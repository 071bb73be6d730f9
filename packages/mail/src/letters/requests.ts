import { entriesOf, entryOf } from "../entry.ts";
import type { MailItem } from "../item.ts";
import { type Letter, section } from "../letter.ts";
import type { Context } from "../render.ts";
import { before, counted, dayInWords, whatAndWhere } from "../wording.ts";
import { ASKED } from "./asked.ts";
import { ofWhat, titled } from "./subject.ts";

interface Asked {
  readonly one: string;
  readonly many: string;
  readonly intro: string;
}

/** Asks an owner for an action plan. */
export const actionPlanRequest = asking({
  one: "Action plan",
  many: "action plans",
  intro:
    "Please say what causes it, what will be done, by whom and by when, and when you expect recovery. Open the case to answer.",
});

/** Asks an author for commentary. */
export const commentaryRequest = asking({
  one: "Commentary",
  many: "commentaries",
  intro: "Please write what lies behind the figure and what is being done about it. Open the case to answer.",
});

/** Of a plan that comes back, with what is missing as they wrote it. */
const SENT_BACK = "Please put in what is missing and send the plan again. Open it to answer.";

function asking({ one, many, intro }: Asked) {
  return (items: readonly MailItem[], { baseUrl }: Context): Letter => {
    const heading =
      items.length === 1 ? (items[0]?.detail.headline ?? `${one} asked for`) : `${items.length} ${many} asked for`;
    const due = firstDue(items);
    const [single] = items;
    const by = due === null ? "" : `${items.length === 1 ? ", due" : ", the first due"} ${dayInWords(due)}`;
    const of = items.length === 1 && single !== undefined ? whatAndWhere(single.detail) : ofWhat(items);
    return {
      subject: `${titled(heading, of)}${by}`,
      heading,
      intro: [single?.detail.headline !== undefined && items.length === 1 ? SENT_BACK : intro],
      sections: [section(entriesOf(items, baseUrl, (item) => entryOf(item, baseUrl, standsBefore(item))))],
    };
  };
}

/** Where the case stands that made the request; nothing where no case did, as with a draft threshold. */
function standsBefore({ detail }: MailItem): string | null {
  return detail.tier === undefined || detail.tier === "none" ? null : `Stands before ${before(detail.tier)}`;
}

/** The earliest day on which one of the items is due. */
export function firstDue(items: readonly MailItem[]): string | null {
  const days = items.flatMap(({ detail }) => (detail.dueOn === undefined ? [] : [detail.dueOn]));
  return days.toSorted()[0] ?? null;
}

/** "an action plan", "2 answers": what items ask for. */
export function askedFor(items: readonly MailItem[]): string {
  const [single] = items;
  if (items.length !== 1 || single === undefined) return counted(items.length, "answer");
  return ASKED[single.detail.asksFor ?? "action-plan"].thing;
}
