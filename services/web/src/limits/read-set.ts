import { readProposedLimits } from "@signalbox/catalogue";
import type { CurrentCatalogue, ProposedLimit } from "@signalbox/db";
import type { Caller } from "../callers.ts";
import { mayProposeLimit } from "./who-may.ts";

/** What is wrong with a set, at which line (2 is the first row) and column; line 0 for the set as a whole. */
export interface SetProblem {
  readonly line: number;
  readonly column: string;
  readonly message: string;
}

/** A set that was read: of which board, and its rows; or what is wrong with it. */
export interface SetRead {
  readonly forum: string | null;
  readonly rows: readonly ProposedLimit[];
  readonly problems: readonly SetProblem[];
}

const MOST_ROWS = 500;

/** Reads a set of limits by the checks of thresholds.csv, and whether it is one board's and its proposer's to propose. */
export async function readSet(caller: Caller, catalogue: CurrentCatalogue, csv: Buffer): Promise<SetRead> {
  const { limits, problems } = await readProposedLimits(csv, {
    organisations: catalogue.organisations.values(),
    metrics: catalogue.metrics.values(),
  });
  const rows = limits.map(({ metric, organisation, level, basis, board, slt, from, to }) => {
    return { metric, organisation, level, basis, board, slt, from, to };
  });
  const found: SetProblem[] = problems.map(({ line, column, message }) => ({ line, column, message }));
  if (found.length > 0) return { forum: null, rows, problems: found };
  if (rows.length === 0) found.push({ line: 0, column: "", message: "Give at least one limit." });
  if (rows.length > MOST_ROWS)
    found.push({ line: 0, column: "", message: `A set has at most ${MOST_ROWS} limits. Propose it in parts.` });
  const areas = [...new Set(rows.map(({ metric }) => catalogue.metrics.get(metric)?.area ?? ""))];
  const names = areas.map((code) => catalogue.forums.get(code)?.name ?? code);
  if (areas.length > 1) {
    found.push({
      line: 0,
      column: "",
      message: `A set is decided by one board, and these limits are of ${names.join(" and ")}. Propose a set for each.`,
    });
  }
  const forum = areas[0] ?? null;
  if (forum !== null && found.length === 0) {
    const foreign = rows.find((row) => !mayProposeLimit(caller, catalogue, { forum, row }));
    if (foreign !== undefined) {
      const of = foreign.organisation ?? "everybody";
      found.push({
        line: 0,
        column: "",
        message: `You may not propose limits of ${of} for ${names[0] ?? forum}. Its secretary and members may, and analysts, authors and executives for their own organisations.`,
      });
    }
    for (const row of rows) {
      if (row.board === null && row.slt === null)
        found.push({
          line: 0,
          column: "",
          message: `The limit of ${row.metric} has neither a board limit nor an SLT limit. Give one of them.`,
        });
    }
  }
  return { forum, rows, problems: found };
}
