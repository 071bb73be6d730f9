/** What a cell of a table that leaves may hold; a day is the text 2024-03-31, a moment the text of its instant. */
export type CellOut = string | number | boolean | null;

/** A table as it leaves the system: only the columns that it names go out, in their order. */
export interface TableOut {
  readonly name: string;
  readonly columns: readonly { readonly key: string; readonly title: string }[];
  readonly rows:
    | Iterable<Readonly<Record<string, CellOut | undefined>>>
    | AsyncIterable<Readonly<Record<string, CellOut | undefined>>>;
}

/** How a table may leave. */
export const TABLE_FORMATS = ["csv", "xlsx", "json"] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];
