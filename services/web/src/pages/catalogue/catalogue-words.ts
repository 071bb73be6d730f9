/** What each file of the catalogue holds, in words, and whether one may do without it. */
export const FILES_IN_WORDS: Readonly<Record<string, { readonly title: string; readonly holds: string }>> = {
  "organisations.csv": { title: "Organisations", holds: "the tree: the system, its providers, and what is below them" },
  "forums.csv": { title: "Forums", holds: "the boards and the System Leadership Team" },
  "people.csv": { title: "People", holds: "who is what: one row for each thing a person is" },
  "metrics.csv": { title: "Metrics", holds: "what is measured, in which unit, and which way is better" },
  "series.csv": { title: "Series", holds: "who owns and writes about one series, and its contract" },
  "thresholds.csv": { title: "Thresholds", holds: "the limits of boards and of the SLT, with their dates" },
  "plans.csv": { title: "Plans", holds: "what each series was meant to reach" },
  "targets.csv": { title: "Targets", holds: "national and local standards" },
  "comparators.csv": { title: "Comparators", holds: "what others publish to compare with, such as a region's average" },
  "sources.csv": { title: "Sources", holds: "where files are fetched from" },
  "successors.csv": { title: "Successors", holds: "who carries on for an organisation that closed" },
  "parents.csv": { title: "Former parents", holds: "where organisations stood before" },
  "protocol.json": { title: "Protocol", holds: "the rules of escalation" },
};

/** Columns that a table shows by themselves; of wider files the rest stands in one more. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  "metrics.csv": ["code", "name", "area", "unit", "better", "frequency"],
  "thresholds.csv": ["metric", "organisation", "level", "basis", "board", "slt", "from"],
};

/** A row as a page shows it: cells under headings, and what is left over in one text. */
export interface RowInWords {
  readonly cells: readonly (readonly [heading: string, text: string])[];
  readonly rest: string;
}

/** The columns that a file's table has on the page. */
export function columnsShown(file: string, columns: readonly string[]): readonly string[] {
  return SHOWN[file] ?? columns;
}

/** A row of a file as its table shows it; what is empty is not said of the rest. */
export function rowInWords(file: string, columns: readonly string[], row: readonly string[]): RowInWords {
  const shown = columnsShown(file, columns);
  const pairs = columns.map((column, place): [string, string] => [column, row[place] ?? ""]);
  return {
    cells: pairs.filter(([column]) => shown.includes(column)),
    rest: pairs
      .filter(([column, text]) => !shown.includes(column) && text !== "")
      .map(([column, text]) => `${column} ${text}`)
      .join("; "),
  };
}
