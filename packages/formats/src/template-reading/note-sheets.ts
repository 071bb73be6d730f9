import type { Period } from "@signalbox/domain";
import { type Notes, patternOf, type PeriodSource } from "../template.ts";
import { wholeText } from "./header-text.ts";
import { TablePeriods } from "./table-periods.ts";
import { joined, type SheetText } from "./text-around.ts";

/** An organisation that a note names. */
export interface NamedInNotes {
  organisation: string;
  means: "missing" | "estimated";
  row: number;
  /** The period that the note says, where it says one. */
  says: TablePeriods | null;
  text: string;
}

/** What of a table notes may speak of. */
export interface Known {
  /** Codes by names, as the data table has them. */
  names: ReadonlyMap<string, string>;
  organisations: ReadonlySet<string>;
  template: string;
  now: string;
  quarterBy: PeriodSource["quarterBy"];
}

const NO_CODES = new Set(["none", "nil", "code", "name", "note", "notes", "n/a"]);

/** The organisations that a sheet's lists and sentences name. */
export function namedIn(notes: Notes, sheet: SheetText, known: Known): NamedInNotes[] {
  return [...namedInLists(notes, sheet, known), ...namedInSentences(notes, sheet, known)];
}

/** How a sheet or a sentence writes its period. */
export function notePeriods(pattern: string, { template, now, quarterBy }: Known): TablePeriods {
  return new TablePeriods({ pattern, quarterBy, anyDay: true }, { template, now });
}

function namedInLists({ lists, code }: Notes, { rows }: SheetText, known: Known): NamedInNotes[] {
  const headings = lists.map(({ heading, means }) => ({ heading: patternOf(heading), means }));
  const isCode = new RegExp(code, "u");
  const named: NamedInNotes[] = [];
  let means: NamedInNotes["means"] | null = null;
  for (const { cells, row } of rows) {
    const text = joined(cells);
    const heading = headings.find((one) => one.heading.test(text));
    if (heading !== undefined) {
      means = heading.means;
      continue;
    }
    const organisation = means === null ? null : organisationIn(cells, isCode, known);
    if (means !== null && organisation !== null) named.push({ organisation, means, row, says: null, text });
  }
  return named;
}

function namedInSentences({ sentences, code }: Notes, { rows }: SheetText, known: Known): NamedInNotes[] {
  const isCode = new RegExp(code, "u");
  const named: NamedInNotes[] = [];
  for (const { pattern, means } of sentences) {
    const every = new RegExp(pattern, "giu");
    const says = pattern.includes("(?<period>") || pattern.includes("(?<month>") || pattern.includes("(?<quarter>");
    for (const { cells, row } of rows) {
      for (const match of joined(cells).matchAll(every)) {
        const { code: coded, name } = match.groups ?? {};
        const organisation = coded ?? known.names.get(wholeText(name ?? ""));
        if (organisation === undefined || (coded !== undefined && !isCode.test(coded))) continue;
        named.push({ organisation, means, row, says: says ? notePeriods(pattern, known) : null, text: match[0] });
      }
    }
  }
  return named;
}

/** By a cell that is a code, by one that is a name in the table, or by one that begins with a code. */
function organisationIn(cells: readonly string[], isCode: RegExp, { names, organisations }: Known): string | null {
  const texts = cells.map((cell) => cell.trim()).filter((cell) => cell !== "" && !NO_CODES.has(cell.toLowerCase()));
  const code = texts.find((text) => isCode.test(text));
  if (code !== undefined) return code;
  const named = texts.find((text) => names.has(wholeText(text)));
  if (named !== undefined) return names.get(wholeText(named)) ?? null;
  const first = texts[0]?.split(/[\s,:–-]/)[0] ?? "";
  return isCode.test(first) && (organisations.has(first) || /\d/.test(first)) ? first : null;
}

/** Whether a text says another period than this; null where it says none. */
export function saysAnother(
  periods: TablePeriods,
  text: string,
  at: { period: Period; frequency: "monthly" | "quarterly" },
): boolean | null {
  const said = periods.says(text);
  if (said === null) return null;
  const same = periods.plainly(text, at.frequency);
  if (same !== null) return same !== at.period;
  // A month's note beside a quarter's table, or the other way round: within it, it speaks of it.
  return said.quarter
    ? Math.floor(at.period / 3) !== Math.floor(said.first / 3)
    : Math.floor(said.first / 3) !== Math.floor(at.period / 3);
}
