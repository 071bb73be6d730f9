import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CompiledQuery, type Transaction } from "kysely";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { Database } from "./tables.ts";

export type CopyValue = string | number | boolean | null | readonly (string | number | boolean | null)[];

/** Rows on their way into COPY; the pool in connect.ts knows them among a query's parameters. */
export class CopyRows {
  readonly rows: Iterable<readonly CopyValue[]> | AsyncIterable<readonly CopyValue[]>;
  constructor(rows: Iterable<readonly CopyValue[]> | AsyncIterable<readonly CopyValue[]>) {
    this.rows = rows;
  }
}

/** Streams rows into a table inside the caller's transaction; a NaN goes in as null. Returns nothing: count in SQL. */
export async function copyInto(
  trx: Transaction<Database>,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly CopyValue[]> | AsyncIterable<readonly CopyValue[]>,
): Promise<void> {
  await trx.executeQuery(CompiledQuery.raw(`copy ${table} (${columns.join(", ")}) from stdin`, [new CopyRows(rows)]));
}

const CHUNK = 64 * 1024;

/** Runs one COPY on a connection. */
export async function copyRows(client: pg.PoolClient, text: string, { rows }: CopyRows) {
  const target = client.query(copyFrom(text));
  await pipeline(Readable.from(chunks(rows)), target);
  return { command: "COPY", rowCount: target.rowCount, rows: [] };
}

function chunks(rows: Iterable<readonly CopyValue[]> | AsyncIterable<readonly CopyValue[]>) {
  return Symbol.asyncIterator in rows ? chunksAsTheyCome(rows) : chunksOf(rows);
}

function* chunksOf(rows: Iterable<readonly CopyValue[]>) {
  let text = "";
  for (const row of rows) {
    text += line(row);
    if (text.length < CHUNK) continue;
    yield text;
    text = "";
  }
  if (text !== "") yield text;
}

async function* chunksAsTheyCome(rows: AsyncIterable<readonly CopyValue[]>) {
  let text = "";
  for await (const row of rows) {
    text += line(row);
    if (text.length < CHUNK) continue;
    yield text;
    text = "";
  }
  if (text !== "") yield text;
}

function line(row: readonly CopyValue[]): string {
  let text = "";
  for (let i = 0; i < row.length; i++) text += (i === 0 ? "" : "\t") + field(row[i] ?? null);
  return text + "\n";
}

function field(value: CopyValue): string {
  if (value === null) return "\\N";
  if (typeof value === "number") return Number.isNaN(value) ? "\\N" : String(value);
  if (typeof value === "string") return escaped(value);
  if (typeof value === "boolean") return value ? "t" : "f";
  return escaped(arrayLiteral(value));
}

function escaped(text: string): string {
  return /[\\\t\n\r]/.test(text)
    ? text.replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\n", "\\n").replaceAll("\r", "\\r")
    : text;
}

/** A PostgreSQL array literal: {1,NULL,"text"}. */
export function arrayLiteral(values: ArrayLike<string | number | boolean | null>): string {
  let text = "{";
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? null;
    if (i > 0) text += ",";
    if (value === null || (typeof value === "number" && Number.isNaN(value))) text += "NULL";
    else if (typeof value === "string") text += `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
    else text += String(value);
  }
  return text + "}";
}
