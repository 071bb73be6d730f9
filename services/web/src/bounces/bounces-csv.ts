import { parseCsv } from "@signalbox/catalogue/parse-csv";

/** A row of a list of bounces, as it stands there; `row` counts the header as 1. */
export interface BounceRow {
  readonly row: number;
  readonly address: string;
  readonly said: string;
  readonly at: string;
}

export const MOST_ROWS = 5000;
const COLUMNS = ["address", "said", "at"] as const;

/** Reads CSV with the columns address, said, at (the order is free, said and at may be left out); or says what is wrong with it. */
export async function readBouncesCsv(bytes: Buffer): Promise<{ rows: BounceRow[] } | { fault: string }> {
  const rows: BounceRow[] = [];
  let places: ReadonlyMap<string, number> | null = null;
  try {
    for await (const records of parseCsv(piecesOf(bytes))) {
      for (const { line, cells } of records) {
        if (places === null) {
          const header = cells.map((cell) => cell.trim().toLowerCase());
          places = new Map(COLUMNS.map((name) => [name, header.indexOf(name)]));
          if (places.get("address") === -1) return { fault: "its first row names no column address" };
          continue;
        }
        const cell = (name: (typeof COLUMNS)[number]) => (cells[places?.get(name) ?? -1] ?? "").trim();
        if (cells.every((one) => one.trim() === "")) continue;
        rows.push({ row: line, address: cell("address"), said: cell("said"), at: cell("at") });
        if (rows.length > MOST_ROWS) return { fault: `it has more than ${MOST_ROWS.toLocaleString("en-GB")} rows` };
      }
    }
  } catch (error) {
    return { fault: error instanceof Error ? error.message : "it cannot be read" };
  }
  return places === null ? { fault: "it is empty" } : { rows };
}

async function* piecesOf(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
