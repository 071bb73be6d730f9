import { entriesOf, entryOf, fact } from "../entry.ts";
import type { MailItem } from "../item.ts";
import { type Fact, type Letter, section } from "../letter.ts";
import type { Context } from "../render.ts";
import { counted, listed } from "../wording.ts";
import { titled } from "./subject.ts";

/** How many problems a receipt spells out; the submission's page has them all. */
const PROBLEMS = 20;

/** To the submitter: what was taken of a file, and what was not. */
export function receipt(items: readonly MailItem[], { baseUrl }: Context): Letter {
  const heading = items.length === 1 ? outcome(items) : `${counted(items.length, "file")} read`;
  const names = listed(items.slice(0, 3).map(nameOf));
  return {
    subject: titled(heading, items.length > 3 ? `${names} and ${items.length - 3} more` : names),
    heading,
    intro: [],
    sections: [section(entriesOf(items, baseUrl, (item) => receiptEntry(item, baseUrl)))],
  };
}

function receiptEntry(item: MailItem, baseUrl: string) {
  const entry = entryOf(item, baseUrl, outcome([item]), rowFacts(item));
  return { ...entry, headline: nameOf(item) };
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

function rowFacts({ detail }: MailItem): Fact[] {
  const { rows, problems } = detail;
  const left = problems.length - PROBLEMS;
  return [
    ...fact("For", detail.organisation),
    ...fact("Rows", rows === undefined ? undefined : rowCounts(rows)),
    ...problems.slice(0, PROBLEMS).flatMap((text) => fact("Problem", text)),
    ...fact("Problem", left > 0 ? `and ${left} more` : undefined),
  ];
}

function rowCounts(rows: NonNullable<MailItem["detail"]["rows"]>): string {
  return `${rows.read ?? 0} read, ${rows.accepted ?? 0} accepted, ${rows.unchanged ?? 0} unchanged, ${rows.refused ?? 0} refused`;
}
