import { sql, type Transaction } from "kysely";
import { copyInto } from "../copy.ts";
import type { Database } from "../tables.ts";

export interface ProblemRow {
  readonly row: number | null;
  readonly column: string | null;
  readonly code: string;
  readonly message: string;
  readonly value: string | null;
  readonly severity: "error" | "warning";
}

export interface RowCounts {
  readonly read: number;
  readonly accepted: number;
  readonly unchanged: number;
  readonly refused: number;
}

/** Keeps the problems of a submission in the order given. */
export async function writeProblems(
  trx: Transaction<Database>,
  submission: number,
  problems: readonly ProblemRow[],
): Promise<void> {
  if (problems.length === 0) return;
  const columns = ["submission", "seq", "row_number", "column_name", "code", "message", "value", "severity"];
  const rows = problems.map((p, at) => [
    submission,
    at + 1,
    p.row,
    plain(p.column),
    p.code,
    plain(p.message),
    plain(p.value),
    p.severity,
  ]);
  await copyInto(trx, "submission_problem", columns, rows);
}

/** PostgreSQL keeps no NUL in a text. */
function plain(text: string | null): string | null {
  return text === null ? null : text.replaceAll("\0", "\u2400");
}

/** Warns of plans in the file that are not the catalogue's: nobody sets their own goal. */
export async function warnOfPlans(trx: Transaction<Database>, submission: number): Promise<void> {
  await sql`insert into submission_problem (submission, seq, row_number, column_name, code, message, value, severity)
    select ${submission}, coalesce((select max(seq) from submission_problem where submission = ${submission}), 0)
        + row_number() over (order by s.row_number),
      s.row_number, 'plan', 'plan-differs',
      'The plan of ' || s.metric || ' for ' || s.organisation || ' is ' || p.value || ' in the catalogue, which counts. '
        || 'Leave the cell empty, or ask for the catalogue to be changed.',
      s.plan::text, 'warning'
    from staged s
    join plan p on p.metric = s.metric and p.organisation = s.organisation and p.period = s.period and p.until is null
    where s.plan is not null and s.plan <> p.value
    order by s.row_number limit 1000`.execute(trx);
}

/**
 * Warns of values that come without the numerator and denominator which the value before them had: a parent's ratio cannot
 * be made of them. Before the rows are merged.
 */
export async function lostParts(trx: Transaction<Database>): Promise<ProblemRow[]> {
  const { rows } = await sql<{ row: number; value: number; message: string }>`
    select s.row_number as row, s.value,
      'The figure of ' || s.metric || ' for ' || s.organisation || ' had a numerator and a denominator; without them no figure above '
        || s.organisation || ' can be made of it. Send them too.' as message
    from staged s
    join touched t on t.metric = s.metric and t.organisation = s.organisation and t.aggregation = 'ratio' and t.parent is not null
    join series_state st on st.series = t.series
    where s.value is not null and (s.numerator is null or s.denominator is null)
      and s.period >= st.first_period
      and st.numerators[(s.period - st.first_period) / t.step + 1] is not null
    order by s.row_number limit 1000`.execute(trx);
  return rows.map(({ row, value, message }) => ({
    row,
    column: "numerator",
    code: "parts-lost",
    message,
    value: String(value),
    severity: "warning",
  }));
}

/** Gives a submission its final status. */
export async function settleReading(
  trx: Transaction<Database>,
  submission: number,
  {
    rows,
    issued,
    readAt,
    template,
  }: { rows: RowCounts; issued: string | null; readAt: Temporal.Instant; template: string | null },
): Promise<"accepted" | "partly-accepted" | "rejected"> {
  const usable = rows.accepted + rows.unchanged;
  const status = usable === 0 ? "rejected" : rows.refused > 0 ? "partly-accepted" : "accepted";
  await trx
    .updateTable("submission")
    .set({
      status,
      issued,
      read_at: readAt.toString(),
      rows_read: rows.read,
      rows_accepted: rows.accepted,
      rows_unchanged: rows.unchanged,
      rows_refused: rows.refused,
      failure: null,
      template_found: template,
    })
    .where("id", "=", submission)
    .execute();
  return status;
}
