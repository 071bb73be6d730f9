import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";

/** What a trial rests on: the catalogue and the decisions there are. It changes when any of them does. */
export async function trialGround(db: Kysely<Database>): Promise<string> {
  const { rows } = await sql<{ ground: string }>`select coalesce((select max(id) from catalogue_version), 0) || ' '
    || coalesce((select max(id) from evaluation), 0) || ' ' || coalesce((select max(id) from submission), 0) as ground`.execute(
    db,
  );
  return rows[0]?.ground ?? "";
}

/** The trial that is kept with a proposal and what it rested on; null where none was made of this revision. */
export async function keptTrial(
  db: Kysely<Database>,
  id: number,
): Promise<{ readonly trial: unknown; readonly ground: string } | null> {
  const row = await db
    .selectFrom("threshold_proposal")
    .select(["trial", "trial_of"])
    .where("id", "=", id)
    .executeTakeFirst();
  return row === undefined || row.trial === null ? null : { trial: row.trial, ground: row.trial_of ?? "" };
}

/** Keeps a trial with the revision it was made of; one that was changed meanwhile keeps nothing. */
export async function keepTrial(
  db: Kysely<Database>,
  { id, revision }: { readonly id: number; readonly revision: number },
  { trial, ground }: { readonly trial: object; readonly ground: string },
): Promise<void> {
  await db
    .updateTable("threshold_proposal")
    .set({ trial: JSON.stringify(trial), trial_of: ground })
    .where("id", "=", id)
    .where("revision", "=", revision)
    .execute();
}
