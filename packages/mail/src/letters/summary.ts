import { type Line, type Section, section } from "../letter.ts";
import { changes, type LongOverdue, type StandingCase, type StandingSummary } from "../standing-summary.ts";
import { counted, dayInWords } from "../wording.ts";

/** How many of each change are listed; the web page has them all. */
const LISTED: Readonly<Record<StandingCase["change"], number>> = { new: 30, worse: 30, better: 20, unchanged: 10 };

const OVERDUE_LISTED = 30;

const titles: Readonly<Record<StandingCase["change"], string>> = {
  new: "New",
  worse: "Worse",
  better: "Better",
  unchanged: "Unchanged",
};

/** "14 stand, 2 new, 1 worse, 3 better, 8 unchanged". */
export function summaryCounts({ cases }: StandingSummary): string {
  if (cases.length === 0) return "Nothing stands before your forums";
  const counts = changes.map((change) => `${cases.filter((one) => one.change === change).length} ${change}`);
  return `${cases.length} ${cases.length === 1 ? "stands" : "stand"}, ${counts.join(", ")}`;
}

/** All that stands before a person's forums: the counts, then a list for each change, long ones cut. */
export function summarySections(summary: StandingSummary, baseUrl: string): Section[] {
  const of = summary.periodName === null ? "" : `, ${summary.periodName}`;
  const lists = changes.flatMap((change) => {
    const there = summary.cases.filter((one) => one.change === change);
    if (there.length === 0) return [];
    const left = there.length - LISTED[change];
    return section({
      title: `${titles[change]}: ${counted(there.length, "case")}`,
      lines: there.slice(0, LISTED[change]).map((one) => lineOf(one, baseUrl)),
      more: left > 0 ? { text: `and ${left.toLocaleString("en-GB")} more`, url: `${baseUrl}/escalations` } : null,
    });
  });
  return [
    section({ title: `All that stands before your forums${of}`, intro: `${summaryCounts(summary)}.` }),
    ...overdueSection(summary.overdue ?? [], baseUrl),
    ...lists,
  ];
}

/** What was asked for long ago and has come as far as the SLT, worst first. */
function overdueSection(overdue: readonly LongOverdue[], baseUrl: string): Section[] {
  if (overdue.length === 0) return [];
  const left = overdue.length - OVERDUE_LISTED;
  return [
    section({
      title: `Long overdue: ${counted(overdue.length, "answer")}`,
      intro: "These were asked for, chased and taken to the executive and the board, and have not come.",
      lines: overdue.slice(0, OVERDUE_LISTED).map(({ escalation, thing, title, organisation, dueOn }) => ({
        text: `${thing.charAt(0).toUpperCase()}${thing.slice(1)}, due ${dayInWords(dueOn)}: ${title}, ${organisation}`,
        url: escalation === null ? null : `${baseUrl}/escalations/${escalation}`,
      })),
      more: left > 0 ? { text: `and ${left.toLocaleString("en-GB")} more`, url: `${baseUrl}/escalations` } : null,
    }),
  ];
}

function lineOf(one: StandingCase, baseUrl: string): Line {
  const { escalation, title, organisation, tier, since, ranOut, chosen, awaitsSignOff, disputedUntil } = one;
  const where = tier === "slt" ? "SLT" : "Board";
  const marked = [
    ranOut === true ? "; acknowledgement ran out" : "",
    awaitsSignOff === true ? "; held for sign-off" : "",
    disputedUntil === undefined ? "" : `; disputed until ${dayInWords(disputedUntil)}`,
  ].join("");
  const choice = chosen === undefined ? "" : `. ${chosen}`;
  return {
    text: `${where}: ${title}, ${organisation}, since ${since}${marked}${choice}`,
    url: `${baseUrl}/escalations/${escalation}`,
  };
}
