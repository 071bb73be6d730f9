import { type Kysely, sql } from "kysely";
import { at } from "../instants.ts";
import type { Database } from "../tables.ts";

const LIVES = { hours: 24 } as const;
/** How many drafts one person may have; the oldest give way. */
const AT_MOST = 3;

/** A catalogue that somebody looks at before it is loaded; `version` is the one it was compared with, 0 for none. */
export interface CatalogueDraft {
  readonly id: number;
  readonly version: number;
  /** What the check found, as whoever kept it wrote it down. */
  readonly outcome: unknown;
  readonly files: readonly string[];
  readonly madeAt: Temporal.Instant;
}

/** What was found of a draft, and beside which version of the catalogue. */
export interface DraftChecked {
  readonly version: number;
  readonly outcome: unknown;
}

/** Keeps a draft for a day and returns its id. `now` is the machine's time, not the test clock's. */
export async function keepCatalogueDraft(
  db: Kysely<Database>,
  { madeBy, files, version, outcome }: DraftChecked & { madeBy: string; files: ReadonlyMap<string, Buffer> },
  now: Temporal.Instant,
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const expires = now.add(LIVES).toString();
    const { id } = await trx
      .insertInto("catalogue_draft")
      .values({
        made_by: madeBy,
        version,
        outcome: JSON.stringify(outcome),
        made_at: now.toString(),
        expires_at: expires,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const rows = [...files].map(([name, bytes]) => ({ draft: id, name, bytes }));
    await trx.insertInto("catalogue_draft_file").values(rows).execute();
    await sql`delete from catalogue_draft where made_by = ${madeBy} and id not in (
      select id from catalogue_draft where made_by = ${madeBy} order by id desc limit ${AT_MOST})`.execute(trx);
    return id;
  });
}

/** A draft of whoever made it; null for anybody else, and where it was loaded, dropped or is over a day old. */
export async function readCatalogueDraft(
  db: Kysely<Database>,
  { id, madeBy }: { id: number; madeBy: string },
  now: Temporal.Instant,
): Promise<CatalogueDraft | null> {
  const row = await db
    .selectFrom("catalogue_draft")
    .select(["id", "version", "outcome", "made_at as madeAt"])
    .select(
      sql<string[]>`array(select name from catalogue_draft_file f where f.draft = catalogue_draft.id order by name)`.as(
        "files",
      ),
    )
    .where("id", "=", id)
    .where("made_by", "=", madeBy)
    .where("expires_at", ">", at(now))
    .executeTakeFirst();
  return row ?? null;
}

/** The files of a draft by name, as they came. */
export async function filesOfDraft(db: Kysely<Database>, draft: number): Promise<Map<string, Buffer>> {
  const rows = await db
    .selectFrom("catalogue_draft_file")
    .select(["name", "bytes"])
    .where("draft", "=", draft)
    .execute();
  return new Map(rows.map(({ name, bytes }) => [name, bytes]));
}

/** Writes down what was found of a draft when it was checked again. */
export async function checkedAgain(
  db: Kysely<Database>,
  draft: number,
  { version, outcome }: DraftChecked,
): Promise<void> {
  const found = { version, outcome: JSON.stringify(outcome) };
  await db.updateTable("catalogue_draft").set(found).where("id", "=", draft).execute();
}

/** Drops a draft; nothing happens where there is none. */
export async function dropCatalogueDraft(db: Kysely<Database>, id: number): Promise<void> {
  await db.deleteFrom("catalogue_draft").where("id", "=", id).execute();
}
