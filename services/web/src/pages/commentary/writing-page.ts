import type { SavedCommentary } from "@signalbox/db";
import { formatPeriod, nameOfPeriod, type Period } from "@signalbox/domain";
import type { Caller } from "../../callers.ts";
import type { SeenCommentary } from "../../commenting/read-commentary.ts";
import { whatChanged } from "../../commenting/what-changed.ts";
import { mayOpen, mayWrite } from "../../commenting/who-may-comment.ts";
import { nameOfPerson } from "../../names-of-people.ts";

/** What a form of the page held that was not taken. */
export interface Refused {
  readonly typed?: string;
  readonly fault?: string;
  readonly openingFault?: string;
  /** It came after the papers were due. */
  readonly frozen?: boolean;
}

/** What the page of one period's commentary shows. */
export function writingPage(seen: SeenCommentary, caller: Caller, refused?: Refused) {
  const { found, metric, catalogue, period, before, known, frozen, isOpen, showsWords } = seen;
  const of = (one: Period) => known.saved.filter((saved) => saved.period === one).map((saved) => shown(saved, seen));
  const [last, ...earlier] = showsWords ? of(period) : [];
  const organisation = catalogue.organisations.get(found.organisation)?.name ?? found.organisation;
  const month = formatPeriod(period, "monthly");
  return {
    metric: metric.name,
    organisation,
    period: nameOfPeriod(period, found.frequency),
    address: `/commentary/${encodeURIComponent(found.metric)}/${encodeURIComponent(found.organisation)}/${month}`,
    series: `/series/${encodeURIComponent(found.metric)}/${encodeURIComponent(found.organisation)}`,
    changed: whatChanged(seen),
    saidThen: before === null ? null : (of(before.period)[0] ?? null),
    last: last ?? null,
    earlier,
    withheld: !showsWords,
    asked:
      known.asked === null
        ? null
        : {
            ...known.asked,
            of: known.asked.recipients.map((address) => nameOfPerson(catalogue, address)).join(", "),
          },
    frozen,
    isOpen,
    papersDue: known.papersDueAt !== null,
    opened: known.opened.map((one) => ({ ...one, by: nameOfPerson(catalogue, one.by) })),
    mayWrite: isOpen && mayWrite(caller, found, catalogue),
    mayOpen: !isOpen && mayOpen(caller, found.area),
    refused: refused ?? null,
    words: refused?.typed ?? last?.words ?? "",
  };
}

function shown({ words, by, at }: SavedCommentary, { catalogue }: SeenCommentary) {
  return { words, by: nameOfPerson(catalogue, by), at };
}
