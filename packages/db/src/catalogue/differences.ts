import { sql, type Transaction } from "kysely";
import { copyInto } from "../copy.ts";
import type { Database } from "../tables.ts";
import type { CatalogueRows } from "./catalogue-rows.ts";
import { type Example, describe } from "./describe.ts";
import type { LoadedTable } from "./loaded-tables.ts";

/** What a load changed in one file; `examples` are lines such as "ae-4h approved from 2023-04: board 85 → 78". */
export interface FileChanges {
  readonly file: string;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly examples: readonly string[];
}

const EXAMPLES = 20;
const NULLABLE = new Set(["forum", "organisation", "level"]);

/**
 * Puts a file's rows beside those in force and keeps what differs in the temporary table `diff_<table>`: `old_id` is the
 * row it replaces, null for a new one; `present` is false for a row that is gone.
 */
export async function findDifferences(
  trx: Transaction<Database>,
  table: LoadedTable,
  rows: CatalogueRows,
): Promise<void> {
  const { table: name, columns, key, keptWhenAbsent = "false" } = table;
  const raw = (text: string) => sql.raw(text).execute(trx);
  await raw(`create temp table staged_${name} on commit drop as select ${columns.join(", ")} from ${name} where false`);
  await copyInto(trx, `staged_${name}`, columns, table.rows(rows));
  await raw(`analyze staged_${name}`);
  const of = (alias: string) => columns.map((column) => `${alias}.${column}`).join(", ");
  const equal = key.map((column) => `${keyOf("o", column)} = ${keyOf("n", column)}`);
  const kept = columns.map((column) =>
    key.includes(column) ? `coalesce(n.${column}, o.${column}) as ${column}` : `n.${column}`,
  );
  await raw(`create temp table diff_${name} on commit drop as
    select o.id as old_id, n.${columns[0]} is not null as present, ${kept.join(", ")}
    from (select * from ${name} where until is null) o
    full join staged_${name} n on ${equal.length > 0 ? equal.join(" and ") : "(o.id is null) = (n.body is null)"}
    where o.id is null or (n.${columns[0]} is null and not (${keptWhenAbsent}))
      or (n.${columns[0]} is not null and (${of("o")}) is distinct from (${of("n")}))`);
}

function keyOf(alias: string, column: string): string {
  return NULLABLE.has(column) ? `coalesce(${alias}.${column}, '')` : `${alias}.${column}`;
}

/** Counts the differences of a file and puts some of them into words, changed rows first. */
export async function nameDifferences(trx: Transaction<Database>, table: LoadedTable): Promise<FileChanges> {
  const { rows: counts } = await sql<Omit<FileChanges, "file" | "examples">>`select
    count(*) filter (where old_id is null) as added,
    count(*) filter (where present and old_id is not null) as changed,
    count(*) filter (where not present) as removed
    from ${sql.raw(`diff_${table.table}`)}`.execute(trx);
  const { added, changed, removed } = counts[0] ?? { added: 0, changed: 0, removed: 0 };
  const order = ["d.old_id is null", "not d.present", ...table.key.map((column) => `d.${column}`)].join(", ");
  const { rows } =
    added + changed + removed === 0
      ? { rows: [] }
      : await sql<Example>`select d.present, to_jsonb(t) as before, to_jsonb(d) as after
          from ${sql.raw(`diff_${table.table}`)} d left join ${sql.table(table.table)} t on t.id = d.old_id
          order by ${sql.raw(order)} limit ${EXAMPLES}`.execute(trx);
  return { file: table.file, added, changed, removed, examples: rows.map((example) => describe(table, example)) };
}

/** Closes what is replaced or gone and adds what is new, with one statement each; rows that are the same stay. */
export async function writeDifferences(
  trx: Transaction<Database>,
  { table, columns, key }: LoadedTable,
  version: number,
): Promise<void> {
  const [into, diff, list] = [sql.table(table), sql.raw(`diff_${table}`), sql.raw(columns.join(", "))];
  await sql`update ${into} t set until = ${version} from ${diff} d where t.id = d.old_id`.execute(trx);
  await sql`insert into ${into} (since, ${list})
    select ${version}::int, ${list} from ${diff} where present order by ${sql.raw(key.join(", ") || "1")}`.execute(trx);
}
