import { type Kysely, sql, type Transaction } from "kysely";
import type { Database } from "./tables.ts";

/** One kind of mail to one person: what leaves together. */
export interface MailGroup {
  readonly recipient: string;
  readonly kind: string;
}

/** Somebody out of reach, why, and for who is away until when ("YYYY-MM-DD"). */
export interface InPlaceOf {
  /** In small letters. */
  readonly person: string;
  readonly name: string;
  readonly why: "away" | "bouncing" | "left";
  readonly until: string | null;
}

/** A notice that may leave, with what it is to say. */
export interface NoticeToSend extends MailGroup {
  readonly id: number;
  readonly reason: string;
  readonly escalation: number | null;
  readonly submission: number | null;
  readonly madeAt: Temporal.Instant;
  /** The series it speaks of, where it speaks of one. */
  readonly series: number | null;
  readonly period: number | null;
  readonly forums: readonly string[];
  /** Whether the telling names this person, not only a forum of theirs. */
  readonly named: boolean;
  /** In whose place this person is told; empty where they are told for themselves alone. */
  readonly inPlaceOf: readonly InPlaceOf[];
  /** The digest setting of the telling: "08:30", "PT0S" or null. */
  readonly digest: string | null;
  readonly detail: unknown;
  /** When this person was last sent anything about the same case. */
  readonly toldBeforeAt: Temporal.Instant | null;
  /** A mail that was put off with this notice in it, and how often it was tried. */
  readonly putOff: number | null;
  readonly attempts: number;
}

/**
 * What still has to be read, decided, or made a notice of by `now`; a notice made before all of it is done waits, so that
 * what one submission brings leaves in one mail. Work that failed does not hold others up: an operator sees it.
 */
export const gateAt = (now: Temporal.Instant) => sql`gate as materialized (select
  (select min(id) from submission where status in ('received', 'reading') and failed_at is null) as unread,
  (select min(x) from (
    select min(due_by[1]) from series_state where due and failed_at is null
    union all select unnest(due_by) from organisation_due where failed_at is null
    union all select unnest(caused_by) from telling where state = 'waiting' and tell_at <= ${now.toString()}) as by (x)) as undecided,
  least(
    (select min(due_since) from series_state where due and failed_at is null),
    (select min(due_since) from organisation_due where failed_at is null)) as undecided_since)`;

/** A notice `n` that may leave, by `gate`. */
export const mayLeave = sql`n.status = 'pending'
  and (gate.unread is null or n.after_submission < gate.unread)
  and (gate.undecided is null or n.after_submission < gate.undecided)
  and (gate.undecided_since is null or n.made_at < gate.undecided_since)
  and (n.mail is null or exists (select from mail m where m.id = n.mail and m.status = 'deferred' and m.attempted_at is not null))`;

/**
 * No leader reads of a case before the one who answers for it: a digest waits while a request that the same case made is
 * on its way; not for ever, should that person's mail server be the trouble. Gathered once a statement: looked for notice
 * by notice it would be as slow as there are notices.
 */
export const unheard = sql`unheard as materialized (
  select o.escalation, min(o.made_at) as made_at
  from notice o left join mail m on m.id = o.mail
  where o.escalation is not null and o.kind in ('action-plan-request', 'commentary-request')
    and o.status in ('pending', 'sending')
    and (m.status = 'sending' or (m.status = 'deferred' and m.attempts < 5) or (m.id is null and not exists (
      select from mail d where d.status = 'deferred' and d.recipient = o.recipient and d.kind = o.kind and d.attempts >= 5)))
  group by o.escalation)`;

/** Joins a notice with the request that it waits for; it may leave where there is none. */
export const ownersToHear = sql`left join unheard u
  on n.kind = 'digest' and u.escalation = n.escalation and u.made_at <= n.made_at`;
export const ownerHasHeard = sql`u.escalation is null`;

/**
 * The next groups, in order, of which something may leave and that nobody else is at: digests, or all other kinds. Each person's mail is locked for
 * the transaction, so that several notifiers cannot split it. A group whose mail was put off waits for its next attempt.
 */
export async function claimGroups(
  trx: Transaction<Database>,
  {
    after,
    digests,
    through,
    limit,
    now,
  }: { after: MailGroup; digests: boolean; through: number; limit: number; now: Temporal.Instant },
): Promise<MailGroup[]> {
  const { rows } = await sql<MailGroup>`with ${gateAt(now)}, ${unheard}
    select recipient, kind from (
      select distinct n.recipient, n.kind from notice n ${ownersToHear} cross join gate
      where ${mayLeave} and ${ownerHasHeard} and (n.kind = 'digest') = ${digests} and n.id <= ${through} and (n.recipient, n.kind) > (${after.recipient}, ${after.kind})
      order by n.recipient, n.kind) g
    where not exists (select from mail m where m.status = 'deferred' and m.recipient = g.recipient and m.kind = g.kind
        and m.next_attempt_at > clock_timestamp())
      and pg_try_advisory_xact_lock(7102, hashtext(g.recipient))
    limit ${limit}`.execute(trx);
  return rows;
}

interface NoticeRow extends MailGroup {
  readonly id: number;
  readonly reason: string;
  readonly escalation: number | null;
  readonly submission: number | null;
  readonly made_at: Temporal.Instant;
  readonly series: number | null;
  readonly period: number | null;
  readonly forums: readonly string[];
  readonly named: boolean;
  readonly in_place_of: readonly InPlaceOf[];
  readonly digest: string | null;
  readonly detail: unknown;
  readonly told_before_at: Temporal.Instant | null;
  readonly put_off: number | null;
  readonly attempts: number | null;
}

/**
 * Locks and reads what may leave of claimed groups, as it stands now: a statement of its own, after the claim, so that
 * what another notifier has just sent or the evaluator has just superseded is not among it.
 */
export async function lockNotices(
  trx: Transaction<Database>,
  groups: readonly MailGroup[],
  { through, now }: { through: number; now: Temporal.Instant },
): Promise<NoticeToSend[]> {
  // One array, which PostgreSQL hashes; two columns joined to a list it compares pair by pair.
  const wanted = groups.map(({ recipient, kind }) => `${recipient} ${kind}`);
  const { rows } = await sql<NoticeRow>`with ${gateAt(now)}, ${unheard}
    select n.id, n.recipient, n.kind, n.reason, n.escalation, n.submission, n.made_at, t.series, t.period,
      t.forums || array(select jsonb_array_elements_text(coalesce(t.detail -> 'forums', '[]'))) as forums, t.digest, t.detail,
      exists (select from unnest(t.recipients) r where lower(r) = n.recipient) and not t.detail ? 'inPlaceOf' as named,
      n.in_place_of, n.mail as put_off,
      (select m.attempts from mail m where m.id = n.mail) as attempts,
      (select max(p.sent_at) from notice p where p.escalation = n.escalation and p.recipient = n.recipient
        and p.status = 'sent' and p.id < n.id) as told_before_at
    from notice n join telling t on t.id = n.telling ${ownersToHear} cross join gate
    where ${mayLeave} and ${ownerHasHeard} and n.id <= ${through} and n.recipient || ' ' || n.kind = any(${wanted}::text[])
    order by n.id for update of n skip locked`.execute(trx);
  return rows.map(({ made_at, told_before_at, put_off, attempts, in_place_of, ...row }) => ({
    ...row,
    inPlaceOf: in_place_of,
    madeAt: made_at,
    toldBeforeAt: told_before_at,
    putOff: put_off,
    attempts: attempts ?? 0,
  }));
}

/**
 * Puts notices off: each gives way to a telling for its person alone, due at `tellAt`, so that no notice is made ahead of
 * its time. The forums it was for stay in the detail: they are why this person is told.
 */
export async function putOffNotices(
  trx: Transaction<Database>,
  later: readonly { readonly id: number; readonly tellAt: Temporal.Instant }[],
): Promise<void> {
  if (later.length === 0) return;
  await sql`with v as (
      select * from unnest(${later.map(({ id }) => id)}::bigint[], ${later.map(({ tellAt }) => tellAt.toString())}::timestamptz[])
        as v (id, tell_at)),
    gone as (delete from notice n using v where n.id = v.id returning n.id, n.telling, n.recipient, n.in_place_of, v.tell_at)
    insert into telling (kind, reason, escalation, event, submission, series, organisation, period, recipients, tell_at, digest,
      caused_by, detail, key)
    select t.kind, t.reason, t.escalation, t.event, t.submission, t.series, t.organisation, t.period, array[g.recipient],
      g.tell_at, t.digest, t.caused_by,
      t.detail || case when t.forums = '{}' then '{}' else jsonb_build_object('forums', t.forums) end
        || case when g.in_place_of = '[]' then '{}' else jsonb_build_object('inPlaceOf', g.in_place_of) end,
      t.key || ' put off, notice ' || g.id
    from gone g join telling t on t.id = g.telling`.execute(trx);
}

/** The last notice there is: a round takes none that is made while it draws, so that none leaves without its picture. */
export async function lastNotice(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ id: number }>`select coalesce(max(id), 0) as id from notice`.execute(db);
  return rows[0]?.id ?? 0;
}

/** When each of these people was last written a digest of a time of day; without those who were not for ten days. */
export async function lastDailyDigests(
  db: Kysely<Database>,
  recipients: readonly string[],
  now: Temporal.Instant,
): Promise<ReadonlyMap<string, Temporal.Instant>> {
  const since = now.subtract({ hours: 240 }).toString();
  const { rows } = await sql<{ recipient: string; at: Temporal.Instant }>`
    select n.recipient, max(m.made_at) as at
    from notice n join mail m on m.id = n.mail join telling t on t.id = n.telling
    where n.recipient = any(${recipients}::text[]) and n.kind = 'digest' and n.made_at > ${since}
      and m.status in ('held', 'sending', 'sent', 'unknown') and t.digest ~ '^[0-9]{2}:[0-9]{2}$'
    group by n.recipient`.execute(db);
  return new Map(rows.map(({ recipient, at }) => [recipient, at]));
}

/** What a person is, as far as it says why they are told. */
export interface PersonRole {
  readonly role: string;
  readonly forum: string | null;
  readonly forumName: string | null;
  readonly organisationName: string | null;
}

/** The roles in force of people, by lower-cased address. */
export async function rolesOf(
  db: Kysely<Database>,
  recipients: readonly string[],
): Promise<ReadonlyMap<string, readonly PersonRole[]>> {
  const { rows } = await sql<PersonRole & { email: string }>`
    select lower(p.email) as email, p.role, p.forum, f.name as "forumName", o.name as "organisationName"
    from person p
    left join forum f on f.code = p.forum and f.until is null
    left join organisation o on o.code = p.organisation and o.until is null
    where p.until is null and lower(p.email) = any(${recipients}::text[]) order by p.id`.execute(db);
  return Map.groupBy(rows, ({ email }) => email);
}
