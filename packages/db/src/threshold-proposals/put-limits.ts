import { sql, type Transaction } from "kysely";
import { nameDifferences, writeDifferences } from "../catalogue/differences.ts";
import { newVersion } from "../catalogue/load-catalogue.ts";
import { loadedTables, type LoadedTable } from "../catalogue/loaded-tables.ts";
import { type MadeDue, markTouched } from "../catalogue/touched.ts";
import type { Database } from "../tables.ts";
import type { ProposedLimit } from "./proposals.ts";
import type { Acting } from "./propose.ts";

/** A limit to be put in force; `proposal` null for one that a folder had brought. */
export interface LimitToPut extends ProposedLimit {
  readonly status: "draft" | "approved";
  readonly approvedOn: string | null;
  readonly minute: string | null;
  readonly proposal: number | null;
}

/** What came of putting limits in force: the version of the catalogue, and how much is decided again by it. */
export interface LimitsPut {
  readonly version: number;
  readonly due: MadeDue;
}

const sameKey = sql.raw(`o.metric = r.metric and o.organisation is not distinct from r.organisation
  and o.level is not distinct from r.level and o.status = r.status and o.from_period = r."from"`);
const given = (rows: readonly LimitToPut[]) => sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(metric text,
  organisation text, level text, status text, "from" int, "to" int, basis text, board float8, slt float8, "approvedOn" date,
  minute text, proposal int)`;

/**
 * Takes limits out of force (by id) and puts others in, as a load of the catalogue would: rows are closed and added under a
 * new version, and what they touch becomes due. The catalogue must be locked by `lockCatalogue` before anything is read.
 */
export async function putLimits(
  trx: Transaction<Database>,
  { out, put }: { out: readonly number[]; put: readonly LimitToPut[] },
  { actor, now }: Acting,
): Promise<LimitsPut> {
  for (const { table, columns } of loadedTables) {
    await sql`create temp table ${sql.raw(`diff_${table}`)} on commit drop as
      select id as old_id, true as present, ${sql.raw(columns.join(", "))} from ${sql.table(table)} where false`.execute(
      trx,
    );
  }
  const limits = loadedTables.find(({ table }) => table === "threshold") as LoadedTable;
  const list = sql.raw(limits.columns.join(", "));
  await sql`insert into diff_threshold (old_id, present, metric, organisation, level, status, from_period, to_period, basis, board,
      slt, approved_on, minute)
    select o.id, true, r.metric, r.organisation, r.level, r.status, r."from", r."to", r.basis, r.board, r.slt, r."approvedOn", r.minute
    from ${given(put)} left join threshold o on o.until is null and ${sameKey}`.execute(trx);
  await sql`insert into diff_threshold (old_id, present, ${list})
    select id, false, ${list} from threshold o where until is null and id = any(${out}::bigint[])
      and id not in (select old_id from diff_threshold where old_id is not null)`.execute(trx);
  const changes = await nameDifferences(trx, limits);
  const version = await newVersion(trx, { actor, now, changes: [changes] });
  await writeDifferences(trx, limits, version);
  await sql`update threshold o set proposal = r.proposal, kept_by_web = true from ${given(put)}
    where o.since = ${version} and r.proposal is not null and ${sameKey}`.execute(trx);
  return { version, due: await markTouched(trx, now) };
}
