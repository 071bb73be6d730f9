import type { TableOut } from "../../way-out.ts";

interface ChangeShown {
  readonly row: number | null;
  readonly metric: string;
  readonly organisation: string;
  readonly period: string;
  readonly before: string;
  readonly after: string;
  readonly limit: string;
  readonly fate: string;
}

/** What a file would change, as a table to take away. */
export function changesOut(changes: readonly ChangeShown[]): TableOut {
  return {
    name: "what would change",
    columns: [
      { key: "row", title: "Row of the file" },
      { key: "metric", title: "Metric" },
      { key: "organisation", title: "Organisation" },
      { key: "period", title: "Period" },
      { key: "before", title: "Holds now" },
      { key: "after", title: "Will hold" },
      { key: "limit", title: "Limit" },
      { key: "fate", title: "What" },
    ],
    rows: changes.map((change) => ({ ...change })),
  };
}
