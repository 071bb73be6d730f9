import { GROUPS_SHOWN, type AgendaShown } from "../../meetings/agenda-shown.ts";
import type { LogLine } from "../../meetings/log-lines.ts";
import type { TableOut } from "../../way-out.ts";

const columnsOf = (titles: Readonly<Record<string, string>>) =>
  Object.entries(titles).map(([key, title]) => ({ key, title }));

/** A table of an agenda to take away: its cases, or what is to be decided, what is overdue, risks or commentary. */
export function agendaOut(agenda: AgendaShown, table: unknown): TableOut {
  switch (table) {
    case "decisions":
      return {
        name: "agenda-decisions",
        columns: columnsOf({ what: "What", about: "About", by: "By", since: "Since" }),
        rows: agenda.toDecide.map(({ href: _href, ...row }) => row),
      };
    case "overdue":
      return {
        name: "agenda-overdue",
        columns: columnsOf({
          what: "What",
          about: "About",
          who: "By whom",
          dueOn: "Was due",
          daysLate: "Days late",
          stage: "How far it went",
        }),
        rows: agenda.overdue.map(({ href: _href, ...row }) => row),
      };
    case "risks":
      return {
        name: "agenda-risks",
        columns: columnsOf({
          reference: "Reference",
          title: "Risk",
          organisation: "Organisation",
          score: "Score",
          reviewedOn: "Last review",
          about: "Case",
        }),
        rows: agenda.risks.map(({ href: _href, ...row }) => row),
      };
    case "commentary":
      return {
        name: "agenda-commentary",
        columns: columnsOf({ about: "About", period: "Period", words: "Commentary", by: "By" }),
        rows: agenda.commentary.map(({ href: _href, ...row }) => row),
      };
    default:
      return casesOut(agenda, table === "changes");
  }
}

function casesOut({ groups, changes }: AgendaShown, isSince: boolean): TableOut {
  const sections = isSince
    ? (changes ?? [])
    : GROUPS_SHOWN.flatMap((key) => groups.filter((group) => group.key === key));
  return {
    name: isSince ? "agenda-changes" : "agenda",
    columns: columnsOf({
      heading: "Heading",
      id: "Case",
      title: "What",
      organisation: "Organisation",
      before: "Before",
      since: "Since",
      value: "Figure",
      rag: "RAG",
      limit: "Limit",
      moved: "What moved",
      notes: "Notes",
    }),
    rows: sections.flatMap(({ title, lines }) =>
      lines.map(({ mark, notes, series: _series, ...line }) => ({
        ...line,
        heading: title,
        rag: mark?.word ?? null,
        notes: notes.join("; "),
      })),
    ),
  };
}

/** An action log to take away. */
export function logOut(lines: readonly LogLine[]): TableOut {
  return {
    name: "action-log",
    columns: columnsOf({
      id: "Number",
      decision: "What",
      about: "About",
      escalation: "Case",
      askedOf: "Asked of",
      dueOn: "Due",
      metOn: "Asked at",
      stands: "How it stands",
    }),
    rows: lines.map(({ state: _state, meeting: _meeting, ...line }) => ({ ...line })),
  };
}
