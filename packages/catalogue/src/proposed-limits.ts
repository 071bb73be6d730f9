import type { Metric, Organisation, Threshold } from "./catalogue.ts";
import { filesInMemory } from "./catalogue-files.ts";
import { Codes } from "./codes.ts";
import type { Problem } from "./problem.ts";
import { readThresholds } from "./thresholds.ts";
import { monthCell, numberCell, valueCell } from "./written-cells.ts";

/**
 * Reads limits that somebody proposes, in the shape of thresholds.csv and by its checks, against the catalogue in force. What is
 * wrong comes back by line and column; `status`, `approved_on` and `minute` may be left out, for the board's chair says those.
 */
export async function readProposedLimits(
  csv: Buffer,
  known: { readonly organisations: Iterable<Organisation>; readonly metrics: Iterable<Metric> },
): Promise<{ readonly limits: readonly Threshold[]; readonly problems: readonly Problem[] }> {
  const context = {
    organisations: Codes.of("organisation", known.organisations),
    metrics: Codes.of("metric", known.metrics),
  };
  const read = await readThresholds(filesInMemory(new Map([["thresholds.csv", csv]])), context, { proposed: true });
  return { limits: read.thresholds, problems: read.problems.all() };
}

/** The columns that whoever proposes limits fills. */
export const PROPOSED_COLUMNS = ["metric", "organisation", "level", "basis", "board", "slt", "from", "to"] as const;
export type ProposedCells = Readonly<Record<(typeof PROPOSED_COLUMNS)[number], string>>;

/** A limit as its cells are written, so that it can be changed. */
export function proposedCells(
  limit: Omit<Threshold, "status" | "approvedOn" | "minute">,
  metric: Pick<Metric, "unit" | "scale">,
): ProposedCells {
  const { organisation, level, basis, board, slt, from, to } = limit;
  const written = (value: number | null) => (basis === "value" ? valueCell(value, metric) : numberCell(value));
  return {
    metric: limit.metric,
    organisation: organisation ?? "",
    level: level ?? "",
    basis,
    board: written(board),
    slt: written(slt),
    from: monthCell(from),
    to: monthCell(to),
  };
}

/** Cells that were typed into a form as the file they would be; blank rows keep their lines. */
export function proposedCsv(rows: readonly ProposedCells[]): string {
  return [PROPOSED_COLUMNS, ...rows.map((row) => PROPOSED_COLUMNS.map((column) => row[column]))].map(plainRow).join("");
}

function plainRow(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")}\r\n`;
}
