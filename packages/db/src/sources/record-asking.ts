import { type Kysely, sql, type Transaction } from "kysely";
import { type TellingRow, writeTellings } from "../evaluation/write-tellings.ts";
import type { Database } from "../tables.ts";
import type { Asking } from "./claim-asking.ts";

/** A file that came: where from in the end, how the server knows it again, and which submission it became. */
export interface CameFile {
  readonly fetchedFrom: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly submission: number;
}

/** What came of an asking, and what follows. */
export interface AskingEnded {
  readonly now: Temporal.Instant;
  readonly nextAt: Temporal.Instant;
  readonly failures: number;
  /** Why nothing came; null where it did, or is as it was. */
  readonly error: string | null;
  /** A person must see to it: what they are told. Nobody is told twice of one period. */
  readonly chase: TellingRow | null;
  /** What whoever was told of it is told when it has come after all. */
  readonly cleared: TellingRow;
  readonly came: CameFile | null;
}

/** Writes what came of an asking and lets go of it; what was decided for an address that changed meanwhile is forgotten. */
export async function recordAsking(db: Kysely<Database>, asking: Asking, ended: AskingEnded): Promise<void> {
  const { now, nextAt, failures, error, chase, cleared, came } = ended;
  const at = now.toString();
  await db.transaction().execute(async (trx) => {
    const { numAffectedRows } = await sql`update source_period set
        asking_at = null, asked_at = ${at}, failures = ${failures}, last_error = ${error},
        next_at = case when next_at is null then null else ${nextAt.toString()}::timestamptz end,
        failed_at = case when ${chase !== null} then coalesce(failed_at, ${at}) when ${error === null} then null else failed_at end,
        fetched_from = coalesce(${came?.fetchedFrom ?? null}, fetched_from),
        etag = case when ${came !== null} then ${came?.etag ?? null} else etag end,
        last_modified = case when ${came !== null} then ${came?.lastModified ?? null} else last_modified end,
        submission = coalesce(${came?.submission ?? null}, submission),
        came_at = case when ${came !== null} then ${at} else came_at end
      where id = ${asking.id} and address = ${asking.address}`.execute(trx);
    if ((numAffectedRows ?? 0n) === 0n)
      await sql`update source_period set asking_at = null where id = ${asking.id}`.execute(trx);
    else if (chase !== null) await writeTellings(trx, [chase]);
    else if (error === null) await clear(trx, asking, cleared);
  });
}

/** The key of what operators are told of one period of a source: once, however often it fails. */
export function chaserKey({ source, period }: Pick<Asking, "source" | "period">): string {
  return `source:${source}:${period}`;
}

/** Nobody is told any more of what has come after all; those who were told already are told that it has. */
async function clear(trx: Transaction<Database>, asking: Asking, cleared: TellingRow): Promise<void> {
  const { rows } = await sql<{ state: string }>`update telling
    set state = case when state = 'waiting' then 'dropped' else state end
    where key = ${chaserKey(asking)} returning state`.execute(trx);
  if (rows[0]?.state === "made") await writeTellings(trx, [cleared]);
}
