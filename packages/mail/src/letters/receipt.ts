import { entriesOf, fact } from "../entry.ts";
import type { LedToCase, MailItem } from "../item.ts";
import { type Entry, type Fact, type Letter, type Line, section, type Section } from "../letter.ts";
import { plain } from "../plain.ts";
import type { Context } from "../render.ts";
import { before, counted, listed } from "../wording.ts";
import { titled } from "./subject.ts";

/** How many problems and cases a receipt spells out; the submission's page has them all. */
const PROBLEMS = 20;
const CASES = 20;
/** With more receipts in one mail than these, each says in a line what it led to. */
const SPELLED_OUT = 5;
const LED_TO = "Led to";

/** To the submitter: what was taken of a file, what was not, and what it led to. */
export function receipt(items: readonly MailItem[], { baseUrl }: Context): Letter {
  const alone = items.length === 1;
  const heading = alone ? outcome(items) : `${counted(items.length, "file")} read`;
  const names = listed(items.slice(0, 3).map(nameOf));
  const spelledOut = items.length <= SPELLED_OUT;
  const entry = (item: MailItem) => {
    const written = receiptEntry(item, baseUrl, alone ? null : outcome([item]));
    const follows = spelledOut && (item.ledTo?.length ?? 0) > 0;
    return follows ? { ...written, facts: written.facts.filter(({ label }) => label !== LED_TO) } : written;
  };
  return {
    subject: titled(heading, items.length > 3 ? `${names} and ${items.length - 3} more` : names),
    heading,
    intro: [],
    sections: spelledOut
      ? items.flatMap((item) => [section({ entries: [entry(item)] }), ...more(item, baseUrl)])
      : [section(entriesOf(items, baseUrl, entry))],
  };
}

function receiptEntry(item: MailItem, baseUrl: string, happened: string | null): Entry {
  const { detail, submission, toldBecause } = item;
  const { rows, problems } = detail;
  const left = problems.length - PROBLEMS;
  const link = { text: "See the submission", url: `${baseUrl}/submissions/${submission}` };
  return {
    headline: nameOf(item),
    happened,
    mark: null,
    facts: [
      ...fact("For", detail.organisation),
      ...fact("Rows", rows === undefined ? undefined : rowCounts(rows)),
      ...problems.slice(0, PROBLEMS).flatMap((text) => fact("Problem", text)),
      ...fact("Problem", left > 0 ? `and ${left} more` : undefined),
      ...ledToFact(item),
      ...fact("You are told because", toldBecause),
    ],
    link: submission === null ? null : link,
  };
}

function outcome([item]: readonly MailItem[]): string {
  const rows = item?.detail.rows;
  if (item === undefined || rejected(item)) return "Not accepted";
  const accepted = counted((rows?.accepted ?? 0) + (rows?.unchanged ?? 0), "row");
  return (rows?.refused ?? 0) > 0
    ? `Partly accepted, ${counted(rows?.refused ?? 0, "row")} refused`
    : `Accepted, ${accepted}`;
}

function rejected({ reason, detail }: MailItem): boolean {
  return reason === "rejected" || (detail.rows !== undefined && !detail.rows.accepted && !detail.rows.unchanged);
}

function nameOf({ detail, submission }: MailItem): string {
  return detail.filename || (submission === null ? detail.title : `Submission ${submission}`);
}

function rowCounts(rows: NonNullable<MailItem["detail"]["rows"]>): string {
  return `${rows.read ?? 0} read, ${rows.accepted ?? 0} accepted, ${rows.unchanged ?? 0} unchanged, ${rows.refused ?? 0} refused`;
}

const moves = {
  raised: "raised",
  "stepped-up": "stepped up",
  withdrawn: "withdrawn",
  "stepped-down": "stepped down",
  resolved: "resolved",
} as const;

/** "2 cases raised, 1 resolved", or that there was nothing; of a file that does not count, neither. */
function ledToFact(item: MailItem): Fact[] {
  const { ledTo } = item;
  if (ledTo === undefined || rejected(item)) return [];
  if (ledTo.length === 0) return fact(LED_TO, "no case raised, moved or ended");
  const counts = Object.entries(moves).flatMap(([event, word]) => {
    const many = ledTo.filter((one) => one.event === event).length;
    return many === 0 ? [] : [{ many, word }];
  });
  const words = counts.map(({ many, word }, at) => `${at === 0 ? counted(many, "case") : many} ${word}`);
  return fact(LED_TO, listed(words));
}

/** The cases one by one, and the file with what is wrong in it: each with its link. */
function more(item: MailItem, baseUrl: string): Section[] {
  const { ledTo = [], submission, detail } = item;
  const left = ledTo.length - CASES;
  const cases = rejected(item) ? [] : ledTo.slice(0, CASES).map((one) => caseLine(one, baseUrl));
  const marked = `${baseUrl}/submissions/${submission}/marked`;
  const files =
    submission === null || detail.problems.length === 0
      ? []
      : [
          { text: "Your file with what is wrong beside each row, for a spreadsheet", url: `${marked}.xlsx` },
          { text: "The same as CSV", url: `${marked}.csv` },
        ];
  const rest = left > 0 ? { text: `and ${left} more`, url: `${baseUrl}/submissions/${submission}` } : null;
  return [
    ...(cases.length > 0 ? [section({ title: "What it led to", lines: cases, more: rest })] : []),
    ...(files.length > 0 ? [section({ title: "Put it right", lines: files })] : []),
  ];
}

function caseLine(
  { escalation, title, organisation, event, tier, periodName, restated }: LedToCase,
  baseUrl: string,
): Line {
  const where = event === "raised" || event === "stepped-up" || event === "stepped-down" ? ` to ${before(tier)}` : "";
  const text = `${title}, ${organisation}: ${moves[event]}${where}, ${periodName}${restated ? " (restated)" : ""}`;
  return { text: plain(text), url: `${baseUrl}/escalations/${escalation}` };
}
