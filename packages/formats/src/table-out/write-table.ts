import { setImmediate } from "node:timers/promises";
import { Pieces, type Emit } from "../marked-file/table-writer.ts";
import { csvLine } from "../marked-file/harmless.ts";
import { XlsxTableWriter } from "../marked-file/xlsx-writer.ts";
import { listLook } from "./list-look.ts";
import type { CellOut, TableFormat, TableOut } from "./table-out.ts";

/** So many rows say how wide the columns are. */
const LOOKED_AT = 100;

/** Takes a table's rows one by one. */
interface RowsOut {
  row(cells: readonly CellOut[]): void;
  end(): void;
}

/**
 * The bytes of a table, piece by piece: rows are read as the reader of the bytes asks for more, and other work has its turn
 * between the pieces. In CSV no cell is a formula; in a workbook texts are texts and numbers are numbers.
 */
export async function* tableBytes(table: TableOut, as: TableFormat): AsyncGenerator<Buffer> {
  const pieces: Buffer[] = [];
  const keys = table.columns.map(({ key }) => key);
  const out = new LookingFirst((first) => OPEN[as](table, first, (piece) => pieces.push(piece)));
  for await (const row of table.rows) {
    out.row(keys.map((key) => plainCell(row[key])));
    if (pieces.length === 0) continue;
    yield* pieces.splice(0);
    await setImmediate();
  }
  out.end();
  yield* pieces;
}

/** Looks at the first rows before any is written: they say how wide the columns are. */
class LookingFirst implements RowsOut {
  readonly #open: (first: readonly (readonly CellOut[])[]) => RowsOut;
  readonly #first: (readonly CellOut[])[] = [];
  #out: RowsOut | null = null;

  constructor(open: (first: readonly (readonly CellOut[])[]) => RowsOut) {
    this.#open = open;
  }

  row(cells: readonly CellOut[]): void {
    if (this.#out !== null) this.#out.row(cells);
    else if (this.#first.push(cells) === LOOKED_AT) this.#begin();
  }

  end(): void {
    (this.#out ?? this.#begin()).end();
  }

  #begin(): RowsOut {
    const out = this.#open(this.#first);
    for (const row of this.#first) out.row(row);
    this.#first.length = 0;
    return (this.#out = out);
  }
}

function plainCell(cell: CellOut | undefined): CellOut {
  if (typeof cell === "number") return Number.isFinite(cell) ? cell : null;
  return cell ?? null;
}

const OPEN: Readonly<
  Record<TableFormat, (table: TableOut, first: readonly (readonly CellOut[])[], emit: Emit) => RowsOut>
> = {
  csv({ columns }, _first, emit) {
    const pieces = new Pieces((text) => emit(Buffer.from(text)));
    // Without it a spreadsheet program takes the file for another encoding than UTF-8.
    pieces.add("\ufeff");
    pieces.add(csvLine(columns.map(({ title }) => readable(title))));
    return {
      row: (cells) => pieces.add(csvLine(cells.map((cell) => readable(inWords(cell))))),
      end: () => pieces.flush(),
    };
  },
  xlsx({ name, columns }, first, emit) {
    const titles = columns.map(({ title }) => title);
    const lengths = titles.map((title, at) =>
      Math.max(title.length, ...first.map((row) => inWords(row[at] ?? null).length)),
    );
    const writer = new XlsxTableWriter(emit, listLook(lengths));
    writer.sheet(name, false);
    let at = 1;
    writer.row(titles, at);
    return {
      row: (cells) =>
        writer.row(
          cells.map((cell) => (typeof cell === "number" ? cell : inWords(cell))),
          ++at,
        ),
      end: () => writer.end(),
    };
  },
  json({ name, columns }, _first, emit) {
    const pieces = new Pieces((text) => emit(Buffer.from(text)));
    pieces.add(
      `{"name":${JSON.stringify(name)},"columns":${JSON.stringify(columns.map(({ key, title }) => ({ key, title })))},"items":[`,
    );
    const names = columns.map(({ key }) => `${JSON.stringify(key)}:`);
    let between = "";
    return {
      row(cells) {
        pieces.add(`${between}{${cells.map((cell, at) => names[at] + JSON.stringify(cell)).join(",")}}`);
        between = ",\n";
      },
      end() {
        pieces.add("]}\n");
        pieces.flush();
      },
    };
  },
};

function inWords(cell: CellOut): string {
  if (typeof cell === "boolean") return cell ? "yes" : "no";
  return cell === null ? "" : String(cell);
}

// eslint-disable-next-line no-control-regex -- these no program that opens a CSV file can show
const UNREADABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;

function readable(text: string): string {
  return text.toWellFormed().replace(UNREADABLE, "\ufffd");
}
