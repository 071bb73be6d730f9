import type { CatalogueFiles } from "./catalogue-files.ts";
import type { Successor } from "@signalbox/domain";
import type { Organisation } from "./catalogue.ts";
import { type Cells, quoted } from "./cells.ts";
import type { Codes } from "./codes.ts";
import { readTable, type TableRead } from "./read-table.ts";
import { Repeats } from "./repeats.ts";

const shape = { file: "successors.csv", columns: ["organisation", "successor", "from"], optional: true } as const;
type Row = Cells<(typeof shape.columns)[number]>;

interface Context {
  readonly organisations: Codes<Organisation>;
}

interface Line extends Successor {
  readonly line: number;
}

/** Reads who carries on for whom. An organisation may have several successors; nobody succeeds itself, however long the way. */
export async function readSuccessors(
  files: CatalogueFiles,
  context: Context,
): Promise<TableRead & { successors: readonly Successor[] }> {
  const rows: Line[] = [];
  const repeats = new Repeats("organisation and successor");
  const read = await readTable(files, shape, (cells) => {
    const row = successorOf(cells, context);
    if (row === null || repeats.has(cells, "successor", [row.organisation, row.successor])) return;
    rows.push({ ...row, line: cells.line });
  });
  for (const { line, organisation, successor } of circular(rows)) {
    const message = `a circle: ${quoted(organisation)} would in the end succeed itself by way of ${quoted(successor)}`;
    read.problems.add(line, "successor", message);
  }
  return { ...read, successors: rows.map(({ organisation, successor, from }) => ({ organisation, successor, from })) };
}

function successorOf(cells: Row, { organisations }: Context): Successor | null {
  const organisation = organisations.neededIn(cells, "organisation");
  const successor = organisations.neededIn(cells, "successor");
  const from = cells.needed("from") === null ? null : cells.month("from", "monthly");
  if (organisation !== null && organisation === successor)
    cells.problem("successor", `${quoted(organisation)} cannot succeed itself`);
  for (const column of ["organisation", "successor"] as const) {
    const code = cells.text(column);
    if (code !== null && organisations.get(code)?.kind === "system")
      cells.problem(column, "the system has no successor");
  }
  if (organisation === null || successor === null || from === null || cells.faulty) return null;
  return { organisation, successor, from };
}

/** The first row of each circle: in order of line, those that lead back to where they start over rows before them. */
function circular(rows: readonly Line[]): Line[] {
  const successors = new Map<string, string[]>();
  return rows.filter((row) => {
    if (leadsTo(successors, row.successor, row.organisation)) return true;
    successors.set(row.organisation, [...(successors.get(row.organisation) ?? []), row.successor]);
    return false;
  });
}

function leadsTo(successors: ReadonlyMap<string, readonly string[]>, from: string, to: string): boolean {
  const seen = new Set([from]);
  for (const code of seen) for (const next of successors.get(code) ?? []) seen.add(next);
  return seen.has(to);
}
