import { type Kysely, sql } from "kysely";
import type { Database } from "./tables.ts";

/** Where the time comes from: the machine, or, with CLOCK=test, a row that all processes share. */
export interface Clock {
  now(): Promise<Temporal.Instant>;
  /** False with CLOCK=test before the first put: then nothing falls due. */
  ticking(): Promise<boolean>;
}

export function openClock(db: Kysely<Database>, kind: "system" | "test"): Clock {
  if (kind === "system") return { now: async () => Temporal.Now.instant(), ticking: async () => true };
  return {
    now: async () => (await testTime(db)) ?? Temporal.Now.instant(),
    ticking: async () => (await testTime(db)) !== null,
  };
}

/** The time that CLOCK=test stands at; null before it was ever put. */
export async function testTime(db: Kysely<Database>): Promise<Temporal.Instant | null> {
  const row = await db.selectFrom("clock").select("now").executeTakeFirst();
  return row?.now ?? null;
}

/** Puts the test clock; the caller sees that it never goes back. */
export async function putTestTime(db: Kysely<Database>, now: Temporal.Instant): Promise<void> {
  await sql`insert into clock (only_row, now) values (true, ${now.toString()})
    on conflict (only_row) do update set now = excluded.now`.execute(db);
}

/**
 * Puts the test clock for the first time. What was kept before was stamped by the machine's time: it waits no longer than
 * from now, and every series is decided again by the calendar that now holds.
 */
export async function beginTestTime(db: Kysely<Database>, now: Temporal.Instant): Promise<void> {
  const at = now.toString();
  await db.transaction().execute(async (trx) => {
    await putTestTime(trx, now);
    await sql`update telling set tell_at = ${at} where state = 'waiting' and tell_at > ${at}::timestamptz`.execute(trx);
    await sql`update submission set unsigned_from = ${at} where unsigned_from > ${at}::timestamptz
      and signed_off_at is null and released_at is null and withdrawn_at is null`.execute(trx);
    await sql`with all_series as (select series from series_state order by series for update)
      update series_state st set due = true, due_since = ${at} from all_series a where a.series = st.series`.execute(
      trx,
    );
  });
}
