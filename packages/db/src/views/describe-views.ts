import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";
import { READ_SCHEMA } from "./reader-role.ts";

export interface ViewDescription {
  readonly view: string;
  readonly means: string;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly means: string }[];
}

/** The views that reports may read as the database has them: every column, its type, and what it means. */
export async function describeViews(db: Kysely<Database>): Promise<ViewDescription[]> {
  const { rows } = await sql<ViewDescription>`
    select c.relname as view, obj_description(c.oid) as means,
      json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
        'means', col_description(c.oid, a.attnum)) order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
    where c.relnamespace = to_regnamespace(${READ_SCHEMA}) group by c.oid, c.relname order by c.relname`.execute(db);
  return rows;
}
