import { type Kysely, sql, type Transaction } from "kysely";
import { takeBackOvertaken } from "./overtaken.ts";
import type { Database } from "./tables.ts";

/** One composed mail, and the notices in it. */
export interface ComposedMail {
  readonly kind: string;
  readonly recipient: string;
  readonly sentTo: string;
  readonly messageId: string;
  readonly subject: string;
  readonly raw: Buffer | null;
  /** `sending` is about to be handed over, `sent` is kept because there is no mail server. */
  readonly status: "held" | "sending" | "sent" | "failed";
  readonly failure: string | null;
  /** How often it was tried before, under this Message-ID or with fewer notices. */
  readonly attempts: number;
  readonly notices: readonly number[];
  /** Mails that were put off with these notices and that this one replaces. */
  readonly replaces: readonly number[];
}

/** A mail on its way to the server. */
export interface MailToSend {
  readonly id: number;
  readonly recipient: string;
  readonly sentTo: string;
  readonly raw: Buffer | null;
  /** This attempt counted in. */
  readonly attempts: number;
}

/** What became of handing a mail over; `retryAfter` in milliseconds from now. */
export interface SendOutcome {
  readonly mail: number;
  readonly status: "sent" | "failed" | "deferred" | "unknown";
  readonly failure: string | null;
  readonly retryAfter: number;
}

const noticeStatus = { held: "pending", sending: "sending", sent: "sent", failed: "failed" } as const;

/**
 * Writes composed mails before any server is spoken to, and moves their notices with them. Those to be sent are locked
 * for the session: while the lock stands, the program that is sending them is alive. Returns the ids in order.
 */
export async function recordComposed(
  trx: Transaction<Database>,
  mails: readonly ComposedMail[],
  now: Temporal.Instant,
): Promise<number[]> {
  if (mails.length === 0) return [];
  const at = now.toString();
  const written = await trx
    .insertInto("mail")
    .values(mails.map((mail) => mailRow(mail, at)))
    .onConflict((conflict) =>
      conflict
        .column("message_id")
        .doUpdateSet((eb) => ({
          sent_to: eb.ref("excluded.sent_to"),
          subject: eb.ref("excluded.subject"),
          raw: eb.ref("excluded.raw"),
          status: eb.ref("excluded.status"),
          attempts: eb.ref("excluded.attempts"),
          attempted_at: eb.ref("excluded.attempted_at"),
          sent_at: eb.ref("excluded.sent_at"),
          failure: eb.ref("excluded.failure"),
          next_attempt_at: null,
          dismissed_at: null,
        }))
        .where("mail.status", "in", ["deferred", "failed"]),
    )
    .returning(["id", "message_id", "status"])
    .execute();
  const idOf = new Map(written.map(({ id, message_id }) => [message_id, id]));
  const ids = mails.map(({ messageId }) => {
    const id = idOf.get(messageId);
    if (id === undefined) throw new Error(`The mail ${messageId} was sent before, and one of its notices is pending.`);
    return id;
  });
  await attachNotices(trx, mails, { ids, at });
  await lockWhileSending(
    trx,
    written.filter(({ status }) => status === "sending").map(({ id }) => id),
  );
  return ids;
}

function mailRow(mail: ComposedMail, at: string) {
  const tried = mail.status === "sending";
  return {
    kind: mail.kind,
    recipient: mail.recipient,
    sent_to: mail.sentTo,
    message_id: mail.messageId,
    subject: mail.subject,
    raw: mail.raw,
    status: mail.status,
    attempts: mail.attempts + (tried ? 1 : 0),
    made_at: at,
    // The machine's time, not the clock that CLOCK=test puts: how long ago a server was tried is nothing to do with it.
    attempted_at: tried ? sql<string>`clock_timestamp()` : null,
    sent_at: mail.status === "sent" ? at : null,
    failure: mail.failure,
  };
}

async function attachNotices(
  trx: Transaction<Database>,
  mails: readonly ComposedMail[],
  { ids, at }: { ids: readonly number[]; at: string },
): Promise<void> {
  const rows = mails.flatMap(({ notices, status }, i) =>
    notices.map((notice) => ({ notice, mail: ids[i] ?? null, status: noticeStatus[status] })),
  );
  await sql`update notice n set mail = v.mail, status = v.status, sent_at = case v.status when 'sent' then ${at}::timestamptz end
    from unnest(${rows.map((row) => row.notice)}::bigint[], ${rows.map((row) => row.mail)}::bigint[],
      ${rows.map((row) => row.status)}::text[]) as v (notice, mail, status)
    where n.id = v.notice`.execute(trx);
  const replaced = mails.flatMap(({ replaces }) => replaces);
  if (replaced.length === 0) return;
  await sql`update notice set mail = null where mail = any(${replaced}::bigint[]) and status = 'superseded'`.execute(
    trx,
  );
  await sql`delete from mail m where m.id = any(${replaced}::bigint[]) and m.status = 'deferred'
    and not exists (select from notice n where n.mail = m.id)`.execute(trx);
}

/** The lock that says "this mail's sender is alive"; it goes with the connection, however the program ends. */
export async function lockWhileSending(trx: Transaction<Database>, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`select pg_advisory_lock(7101, (id % 2147483647)::int) from unnest(${ids}::bigint[]) id`.execute(trx);
}

/** Gives up the locks of a connection that has sent what it claimed. */
export async function unlockSent(connection: Kysely<Database>): Promise<void> {
  await sql`select pg_advisory_unlock_all()`.execute(connection);
}

/**
 * Records what became of mails and of the notices in them. One put off gives its notices back, to be composed anew; those that
 * no longer held while it was on its way are superseded.
 */
export async function recordOutcomes(
  db: Kysely<Database>,
  outcomes: readonly SendOutcome[],
  now: Temporal.Instant,
): Promise<void> {
  const putOff = outcomes.flatMap(({ mail, status }) => (status === "deferred" ? [mail] : []));
  if (putOff.length === 0) return writeOutcomes(db, outcomes, now);
  await db.transaction().execute(async (trx) => {
    await writeOutcomes(trx, outcomes, now);
    await takeBackOvertaken(trx, putOff);
  });
}

async function writeOutcomes(
  db: Kysely<Database>,
  outcomes: readonly SendOutcome[],
  now: Temporal.Instant,
): Promise<void> {
  const at = now.toString();
  await sql`with o as (
      select * from unnest(${outcomes.map(({ mail }) => mail)}::bigint[], ${outcomes.map(({ status }) => status)}::text[],
        ${outcomes.map(({ failure }) => failure)}::text[], ${outcomes.map(({ retryAfter }) => retryAfter)}::float8[])
        as o (id, status, failure, retry_after)),
    m as (
      update mail set status = o.status, failure = o.failure,
        sent_at = case o.status when 'sent' then ${at}::timestamptz end,
        next_attempt_at = case when o.status in ('deferred', 'unknown')
          then clock_timestamp() + o.retry_after * interval '1 millisecond' end
      from o where mail.id = o.id and (mail.status = 'sending' or (mail.status = 'unknown' and o.status = 'sent'))
      returning mail.id, mail.status)
    update notice n set status = case m.status when 'deferred' then 'pending' else m.status end,
      sent_at = case m.status when 'sent' then ${at}::timestamptz end
    from m where n.mail = m.id and n.status in ('sending', 'unknown')`.execute(db);
}

/**
 * Finds mails whose sender is gone: their lock is free, or so old that its connection must hang. Nobody knows whether
 * they reached the server, so they become `unknown`, to be sent again as they are. Returns how many.
 */
export async function markInterrupted(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ id: number }>`with lost as (
      select id from mail where status = 'sending' and attempted_at is not null
        and (attempted_at < clock_timestamp() - interval '10 minutes'
          or pg_try_advisory_xact_lock(7101, (id % 2147483647)::int))
      for update skip locked),
    m as (
      update mail set status = 'unknown', next_attempt_at = null, failure = 'the program stopped while this was being sent'
      from lost where mail.id = lost.id returning mail.id),
    n as (update notice set status = 'unknown' from m where notice.mail = m.id and notice.status = 'sending')
    select id from m`.execute(db);
  return rows.length;
}

/**
 * Releases mails that MAIL_MODE=hold kept, all of them or those named: they leave as they stand when the notifier is next
 * rung, save those of which a notice was superseded meanwhile. Returns how many.
 */
export async function releaseHeld(db: Kysely<Database>, ids: readonly number[] | null = null): Promise<number> {
  const { numAffectedRows } = await sql`update mail set status = 'deferred', next_attempt_at = clock_timestamp()
    where status = 'held' and (${ids}::bigint[] is null or id = any(${ids}::bigint[]))`.execute(db);
  return Number(numAffectedRows ?? 0n);
}
