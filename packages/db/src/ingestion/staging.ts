import { sql, type Transaction } from "kysely";
import { copyInto, type CopyValue } from "../copy.ts";
import type { Database } from "../tables.ts";

/** A row that passed every check of its own, on its way into the observations. */
export interface StagedRow {
  readonly row: number;
  readonly period: number;
  readonly organisation: string;
  readonly metric: string;
  readonly value: number | null;
  readonly noValue: string | null;
  /** What is said of a value that counts: estimated, implausible, a nil return. */
  readonly mark: string | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly plan: number | null;
  readonly comment: string | null;
}

const columns = "row_number period organisation metric value no_value mark numerator denominator plan comment".split(
  " ",
);

/** Streams rows into `staged`, a table of this transaction alone, and names their series, making those that are new. */
export async function stageRows(
  trx: Transaction<Database>,
  rows: Iterable<StagedRow> | AsyncIterable<StagedRow>,
): Promise<void> {
  await sql`create temp table staged (
    row_number int, period int, organisation text, metric text, value float8, no_value text, mark text, numerator float8,
    denominator float8, plan float8, comment text) on commit drop`.execute(trx);
  await copyInto(trx, "staged", columns, Symbol.asyncIterator in rows ? fieldsAsTheyCome(rows) : fieldsOf(rows));
  await sql`analyze staged`.execute(trx);
}

function fields(row: StagedRow): CopyValue[] {
  return [
    row.row,
    row.period,
    row.organisation,
    row.metric,
    row.value,
    row.noValue,
    row.mark,
    row.numerator,
    row.denominator,
    row.plan,
    row.comment,
  ];
}

function* fieldsOf(rows: Iterable<StagedRow>) {
  for (const row of rows) yield fields(row);
}

async function* fieldsAsTheyCome(rows: AsyncIterable<StagedRow>) {
  for await (const row of rows) yield fields(row);
}
