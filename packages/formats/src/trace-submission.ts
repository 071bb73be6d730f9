import { candidatesOf } from "./candidates.ts";
import type { ReadRequest, ReadResult } from "./read-result.ts";
import { readBy } from "./read-submission.ts";
import type { PassedRow, Trace, TracedRow, TracedTable } from "./template-reading/trace.ts";

/** A reading, and what became of each cell and row on the way. */
export interface TracedSubmission {
  result: ReadResult;
  /** The template by which it was read; null for the canonical layout, and where nothing fitted. */
  template: string | null;
  tables: TracedTable[];
  became: TracedRow[];
  passed: PassedRow[];
}

/** Reads a file as `readSubmission` does, and tells cell by cell what became of it: for `template try`. Keeps nothing. */
export async function traceSubmission(request: ReadRequest): Promise<TracedSubmission> {
  const kept = new Map<string | null, KeptTrace>();
  const layouts = candidatesOf(request, (template) => {
    const trace = new KeptTrace();
    kept.set(template, trace);
    return trace;
  });
  const result = await readBy(request, layouts);
  const template = result.template ?? null;
  const { tables = [], became = [], passed = [] } = kept.get(template) ?? {};
  return { result, template, tables, became, passed };
}

/** What a reading told of itself. */
class KeptTrace implements Trace {
  tables: TracedTable[] = [];
  became: TracedRow[] = [];
  passed: PassedRow[] = [];

  onTable(table: TracedTable): void {
    this.tables.push(table);
  }

  onRow(row: TracedRow): void {
    this.became.push(row);
  }

  onPassed(row: PassedRow): void {
    this.passed.push(row);
  }
}
