import { FileRejected } from "../problem.ts";
import { headerText } from "./header-text.ts";

/** One column's header in a file. */
export interface Header {
  place: number;
  /** As it stands, for people: "Available: Total". */
  shown: string;
  /** The last row's own text, without blanks at its ends. */
  last: string;
  /** What a template's header is compared with. */
  full: string;
}

const MOST_COLUMNS = 1000;

/** The headers that these rows make, top row first: the upper ones are groups, filled rightwards. Throws past 1,000 columns. */
export function headersOf(rows: readonly (readonly string[])[], row: number): Header[] {
  const bottom = rows.at(-1) ?? [];
  const width = Math.max(...rows.map((cells) => cells.length));
  if (width > MOST_COLUMNS) {
    const message = `Row ${row} has ${width} columns; at most ${MOST_COLUMNS} are read.`;
    throw new FileRejected("too-many-columns", message, row);
  }
  const groups = rows.slice(0, -1).map(() => "");
  const headers: Header[] = [];
  for (let place = 0; place < width; place++) {
    const own: string[] = [];
    for (let depth = 0; depth < groups.length; depth++) {
      const cell = oneLine(rows[depth]?.[place] ?? "");
      if (cell === "") continue;
      own.push(cell);
      // A group ends where one of the same row or of a row above begins.
      groups.fill("", depth);
      groups[depth] = cell;
    }
    const last = oneLine(bottom[place] ?? "");
    // A header that was merged downwards stands in an upper row alone.
    const parts = last === "" ? own : [...groups.filter((group) => group !== ""), last];
    if (parts.length === 0) continue;
    const shown = parts.join(": ");
    headers.push({ place, shown, last: last || shown, full: parts.map(headerText).join(": ") });
  }
  return headers;
}

/** A cell as one line: a message that names it should not break where the cell does. */
function oneLine(cell: string): string {
  return cell.trim().replace(/\s+/g, " ");
}
