import type { CatalogueFiles } from "./catalogue-files.ts";
import { asPeriod, type FormerParent, formatPeriod } from "@signalbox/domain";
import type { Organisation } from "./catalogue.ts";
import { type Cells, quoted } from "./cells.ts";
import type { Codes } from "./codes.ts";
import { mayStandBelow } from "./organisations.ts";
import type { FileProblems } from "./problem.ts";
import { readTable, type TableRead } from "./read-table.ts";

const shape = { file: "parents.csv", columns: ["organisation", "parent", "from", "to"], optional: true } as const;
type Row = Cells<(typeof shape.columns)[number]>;

interface Context {
  readonly organisations: Codes<Organisation>;
}

interface Line extends FormerParent {
  readonly line: number;
}

/** Reads where organisations stood before; in months that no row names, organisations.csv says where. */
export async function readFormerParents(
  files: CatalogueFiles,
  { organisations }: Context,
): Promise<TableRead & { formerParents: readonly FormerParent[] }> {
  const rows = new Map<string, Line[]>();
  const read = await readTable(files, shape, (cells) => {
    const row = formerParentOf(cells, organisations);
    if (row === null) return;
    const others = rows.get(row.organisation) ?? [];
    const met = others.find((other) => (row.from ?? 0) <= other.to && (other.from ?? 0) <= row.to);
    if (met !== undefined) cells.problem("from", `the months overlap those of line ${met.line}`);
    else rows.set(row.organisation, [...others, { ...row, line: cells.line }]);
  });
  const all = [...rows.values()].flat();
  if (organisations.whole) checkCycles({ organisations, rows, all }, read.problems);
  const formerParents = all.map(({ organisation, parent, from, to }) => ({ organisation, parent, from, to }));
  return { ...read, formerParents };
}

function formerParentOf(cells: Row, organisations: Codes<Organisation>): FormerParent | null {
  const organisation = organisations.neededIn(cells, "organisation");
  const parent = organisations.neededIn(cells, "parent");
  const from = cells.month("from", "monthly");
  const to = cells.text("to") === null ? null : cells.month("to", "monthly");
  if (cells.text("to") === null)
    cells.problem("to", "is empty; name the last month: after it the parent in organisations.csv holds");
  if (from !== null && to !== null && to < from) cells.problem("to", "is before from");
  const [node, above] = [organisations.get(organisation ?? ""), organisations.get(parent ?? "")];
  if (node?.kind === "system") cells.problem("parent", "the system has no parent");
  else if (organisation !== null && organisation === parent)
    cells.problem("parent", `${quoted(organisation)} cannot stand below itself`);
  else if (node !== null && above !== null && !mayStandBelow(node, above))
    cells.problem("parent", `a ${node.kind} cannot stand below a ${above.kind} (${quoted(above.code)})`);
  if (organisation === null || parent === null || to === null || cells.faulty) return null;
  return { organisation, parent, from, to };
}

interface Tree {
  readonly organisations: Codes<Organisation>;
  readonly rows: ReadonlyMap<string, readonly Line[]>;
  readonly all: readonly Line[];
}

/** A cycle goes through a row, and begins in a month in which some row begins or has just ended: no other is looked at. */
function checkCycles(tree: Tree, problems: FileProblems): void {
  const turns = [...new Set(tree.all.flatMap(({ from, to }) => [from ?? 0, to + 1]))].toSorted((a, b) => a - b);
  const told = new Set<string>();
  for (const row of tree.all) {
    for (const month of turns) {
      if (month < (row.from ?? 0) || month > row.to) continue;
      const cycle = cycleFrom(tree, row.organisation, month);
      const key = JSON.stringify(cycle.toSorted());
      if (cycle.length === 0 || told.has(key)) continue;
      told.add(key);
      const path = [...cycle, row.organisation].map(quoted).join(" is below ");
      problems.add(row.line, "parent", `a cycle${nameOf(month)}: ${path}`);
    }
  }
}

function nameOf(month: number): string {
  return month === 0 ? "" : ` in ${formatPeriod(asPeriod(month), "monthly")}`;
}

/** The way from an organisation back to itself in a month, or nothing. */
function cycleFrom(tree: Tree, start: string, month: number): string[] {
  const path: string[] = [];
  let at: string | null = start;
  while (at !== null && !path.includes(at)) {
    path.push(at);
    at = parentIn(tree, at, month);
  }
  return at === start ? path : [];
}

function parentIn({ organisations, rows }: Tree, code: string, month: number): string | null {
  const row = rows.get(code)?.find(({ from, to }) => (from ?? 0) <= month && month <= to);
  return row?.parent ?? organisations.get(code)?.parent ?? null;
}
