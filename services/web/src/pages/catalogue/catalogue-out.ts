import type { FileDifferences } from "@signalbox/catalogue";
import type { CatalogueVersion } from "@signalbox/db";
import type { DraftProblem } from "../../catalogue/draft-outcome.ts";
import type { TableOut } from "../../way-out.ts";

/** The loads of the catalogue as a table to take away, one row a file that each changed. */
export function versionsOut(versions: readonly CatalogueVersion[]): TableOut {
  return {
    name: "catalogue versions",
    columns: [
      { key: "version", title: "Version" },
      { key: "loadedAt", title: "Loaded" },
      { key: "by", title: "By" },
      { key: "file", title: "File" },
      { key: "added", title: "Added" },
      { key: "changed", title: "Changed" },
      { key: "removed", title: "Removed" },
    ],
    rows: versions.flatMap(({ version, loadedAt, loadedBy, name, changes }) => {
      const load = { version, loadedAt: loadedAt.toString(), by: name ?? loadedBy };
      return changes.length === 0 ? [load] : changes.map((change) => ({ ...load, ...change }));
    }),
  };
}

/** How a catalogue differs as a table to take away, one row a cell. */
export function differencesOut(name: string, differences: readonly FileDifferences[]): TableOut {
  return {
    name,
    columns: [
      { key: "file", title: "File" },
      { key: "what", title: "What" },
      { key: "row", title: "Row" },
      { key: "column", title: "Column" },
      { key: "before", title: "Before" },
      { key: "after", title: "After" },
    ],
    rows: differences.flatMap(({ file, rows }) =>
      rows.flatMap(({ what, key, cells }) => {
        const row = { file, what, row: key.map(([, cell]) => cell).join(", ") || "The whole file" };
        return cells.length === 0
          ? [row]
          : cells.map(({ column, before, after }) => ({ ...row, column, before, after }));
      }),
    ),
  };
}

/** What is wrong with uploaded files of the catalogue, as a table to take away. */
export function catalogueProblemsOut(problems: readonly DraftProblem[]): TableOut {
  return {
    name: "catalogue problems",
    columns: [
      { key: "file", title: "File" },
      { key: "line", title: "Line" },
      { key: "column", title: "Column" },
      { key: "said", title: "It says" },
      { key: "message", title: "What is wrong" },
    ],
    rows: problems.map(({ file, line, column, said, message }) => ({ file, line, column, said, message })),
  };
}
