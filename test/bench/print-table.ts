export type Row = readonly [string, string, string, string];

/** Prints a table in columns as wide as they must be. */
export function printTable(header: Row, rows: readonly Row[]): void {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  for (const row of all)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
}

export const seconds = (value: number): string => `${value.toFixed(2)} s`;
export const perSecond = (count: number, took: number): string =>
  `${Math.round(count / took).toLocaleString("en-GB")}/s`;
