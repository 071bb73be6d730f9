import type { CatalogueFiles } from "./catalogue-files.ts";
import { BASES, isWorse, ORGANISATION_KINDS } from "@signalbox/domain";
import type { Metric, Organisation, Threshold } from "./catalogue.ts";
import type { Cells } from "./cells.ts";
import type { Codes } from "./codes.ts";
import { limitIn } from "./numbers.ts";
import { readTable, type TableRead } from "./read-table.ts";
import { Repeats } from "./repeats.ts";

const shape = {
  file: "thresholds.csv",
  columns: [
    "metric",
    "organisation",
    "level",
    "basis",
    "board",
    "slt",
    "from",
    "to",
    "status",
    "approved_on",
    "minute",
  ],
} as const;
/** Whoever proposes limits says nothing of what becomes of them. */
const proposedShape = {
  ...shape,
  mayLack: ["organisation", "level", "to", "status", "approved_on", "minute"],
} as const;
type Row = Cells<(typeof shape.columns)[number]>;

interface Context {
  readonly organisations: Codes<Organisation>;
  readonly metrics: Codes<Metric>;
}

/** Reads the thresholds. Ranges may overlap: which one is in force is the protocol's matter. */
export async function readThresholds(
  files: CatalogueFiles,
  context: Context,
  { proposed = false }: { readonly proposed?: boolean } = {},
): Promise<TableRead & { thresholds: readonly Threshold[] }> {
  const thresholds: Threshold[] = [];
  const repeats = new Repeats("status, metric, organisation, level and month");
  const read = await readTable(files, proposed ? proposedShape : shape, (cells) => {
    const row = thresholdOf(cells, context, proposed);
    if (row === null) return;
    if (repeats.has(cells, "from", [row.status, row.metric, row.organisation, row.level, row.from])) return;
    thresholds.push(row);
  });
  return { ...read, thresholds };
}

function thresholdOf(cells: Row, { metrics, organisations }: Context, proposed: boolean): Threshold | null {
  const code = metrics.neededIn(cells, "metric");
  const metric = code === null ? null : metrics.get(code);
  const organisation = organisations.in(cells, "organisation");
  const level = cells.text("level") === null ? null : cells.choice("level", ORGANISATION_KINDS);
  if (cells.text("organisation") !== null && cells.text("level") !== null) {
    cells.problem("level", "a row is of an organisation or of a level, not of both: leave one empty");
  }
  const basis = cells.choice("basis", BASES);
  const [board, slt] = basis === null || metric === null ? [null, null] : limitsIn(cells, { basis, metric });
  const from = cells.needed("from") === null ? null : cells.month("from", metric?.frequency ?? "quarterly");
  const to = cells.month("to", metric?.frequency ?? "quarterly");
  if (from !== null && to !== null && to < from) cells.problem("to", "is before from");
  const status = proposed ? "draft" : cells.choice("status", ["draft", "approved"]);
  const approvedOn = cells.day("approved_on");
  const minute = cells.prose("minute") || null;
  if (metric === null || basis === null || from === null || status === null || cells.faulty) return null;
  return { metric: metric.code, organisation, level, basis, board, slt, from, to, status, approvedOn, minute };
}

function limitsIn(
  cells: Row,
  { basis, metric }: { basis: Threshold["basis"]; metric: Metric },
): readonly [number | null, number | null] {
  const board = limitIn(cells, "board", { basis, metric });
  const slt = limitIn(cells, "slt", { basis, metric });
  if (board !== null && slt !== null && isWorse(metric.better, board, slt)) {
    cells.problem("slt", `the SLT limit is on the better side of the board limit (${metric.better} is better)`);
  }
  return [board, slt];
}
