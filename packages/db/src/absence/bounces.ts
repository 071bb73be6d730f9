import { type Kysely, sql, type Transaction } from "kysely";
import { recordAudit } from "../audit.ts";
import type { Database } from "../tables.ts";

/** A word that an address refuses mail for good. */
export interface BounceFound {
  readonly address: string;
  readonly said: string;
  /** The mail that came back, where it is known. */
  readonly mail: number | null;
  readonly at: Temporal.Instant;
}

/** An address that mail is not sent to until an operator says that it is mended. */
export interface Bounce {
  readonly id: number;
  readonly address: string;
  /** Of the catalogue in force, or the last one that knew them; null where no catalogue did. */
  readonly name: string | null;
  readonly foundBy: "smtp" | "import";
  readonly said: string;
  readonly at: Temporal.Instant;
}

/** A mail of ours, as a report about it names it. */
export interface MailOfOurs {
  readonly id: number;
  readonly messageId: string;
  readonly sentTo: string;
  readonly recipient: string;
}

const SAID_AT_MOST = 500;

/** A report without its mail speaks of what was sent to the address from this long before it. */
const REPORTED_WITHIN = "1 day";

/**
 * Keeps one row for each address that refuses mail, and tells again what came back: each notice gives way to a telling of
 * its own, which goes to the next in line, and to nobody who had it. What no longer holds is not told again. Returns the
 * addresses that were not known to refuse mail before. Ring `tell` once it is committed.
 */
export async function recordBounces(
  trx: Transaction<Database>,
  { found, by }: { found: readonly BounceFound[]; by: "smtp" | "import" },
  now: Temporal.Instant,
): Promise<string[]> {
  if (found.length === 0) return [];
  const lists = sql`unnest(${found.map(({ address }) => address.toLowerCase())}::text[],
    ${found.map(({ said }) => said.slice(0, SAID_AT_MOST))}::text[], ${found.map(({ mail }) => mail)}::bigint[],
    ${found.map(({ at }) => at.toString())}::timestamptz[]) with ordinality as f (address, said, mail, at, place)`;
  const { rows } = await sql<{ address: string }>`
    insert into bounce (address, found_by, said, mail, at)
    select distinct on (f.address) f.address, ${by}, f.said, f.mail, f.at from ${lists} order by f.address, f.at, f.place
    on conflict do nothing returning lower(address) as address`.execute(trx);
  const at = now.toString();
  await sql`
    with f as (select * from ${lists}),
    returned as (
      select distinct m.id, lower(m.recipient) as address from f join mail m on lower(m.recipient) = f.address
        and lower(m.sent_to) = f.address
        and (m.id = f.mail or (f.mail is null and m.status in ('sent', 'failed') and m.attempted_at is not null
          and coalesce(m.sent_at, m.made_at) >= f.at - ${REPORTED_WITHIN}::interval))
      where m.status in ('sent', 'failed', 'unknown')),
    notices as (
      update notice n set status = 'failed' from returned r
      where n.mail = r.id and n.recipient = r.address and n.status in ('sent', 'failed', 'unknown')
      returning n.id, n.telling, n.recipient, n.mail, n.in_place_of),
    -- Told again before, and again to the same address: there is nobody else. That mail stays failed, for a person to see.
    judged as (
      select n.*, position(' came back, notice ' in t.key) > 0 and t.recipients = array[n.recipient] as is_last_resort
      from notices n join telling t on t.id = n.telling),
    mails as (
      update mail m set status = 'failed', next_attempt_at = null, failure = coalesce(m.failure, 'it came back'),
        dismissed_at = case when exists (select from judged n where n.mail = m.id and n.is_last_resort) then null else ${at}::timestamptz end
      from returned r where m.id = r.id and exists (select from notice n where n.mail = m.id))
    insert into telling (kind, reason, escalation, event, submission, series, organisation, period, recipients, tell_at, digest,
      caused_by, detail, key)
    select t.kind, t.reason, t.escalation, t.event, t.submission, t.series, t.organisation, t.period, array[n.recipient],
      ${at}::timestamptz, t.digest, t.caused_by,
      t.detail || jsonb_build_object('forums', t.forums || array(select jsonb_array_elements_text(coalesce(t.detail -> 'forums', '[]'))),
        'except', coalesce(t.detail -> 'except', '[]') || coalesce((select jsonb_agg(o.recipient) from notice o
          where o.telling = t.id and o.recipient <> n.recipient and o.status <> 'failed'), '[]'))
        || case when n.in_place_of = '[]' then '{}' else jsonb_build_object('inPlaceOf', n.in_place_of) end,
      t.key || ' came back, notice ' || n.id
    from judged n join telling t on t.id = n.telling
    where not n.is_last_resort
      and not exists (select from escalation_event e where e.id = t.event and e.replaced_at is not null)
      and not exists (select from request q where q.ended_at is not null
        and (t.key = 'request:' || q.key or t.key ~ ('^request:' || q.id || ':')))
    on conflict (key) do nothing`.execute(trx);
  return rows.map(({ address }) => address);
}

/** Our mails of these Message-IDs. */
export async function mailsOf(db: Kysely<Database>, messageIds: readonly string[]): Promise<MailOfOurs[]> {
  if (messageIds.length === 0) return [];
  const { rows } = await sql<MailOfOurs>`select id, message_id as "messageId", lower(sent_to) as "sentTo",
    lower(recipient) as recipient from mail where message_id = any(${[...messageIds]}::text[])`.execute(db);
  return rows;
}

/** Which of these addresses are ours to speak of: of the catalogue, or that mail was sent to. In small letters. */
export async function addressesOfOurs(
  db: Kysely<Database>,
  addresses: readonly string[],
): Promise<ReadonlySet<string>> {
  const small = addresses.map((one) => one.toLowerCase());
  const { rows } = await sql<{ address: string }>`select a.address from unnest(${small}::text[]) a (address)
    where exists (select from person p where p.until is null and lower(p.email) = a.address)
      or exists (select from mail m where lower(m.recipient) = a.address and lower(m.sent_to) = a.address)`.execute(db);
  return new Set(rows.map(({ address }) => address));
}

/** The addresses that refuse mail, the latest first. */
export async function listBounces(db: Kysely<Database>, limit: number | null): Promise<Bounce[]> {
  const { rows } = await sql<Bounce>`select b.id, lower(b.address) as address, b.found_by as "foundBy", b.said, b.at,
      (select p.name from person p where lower(p.email) = lower(b.address) order by (p.until is null) desc, p.id desc limit 1) as name
    from bounce b where b.cleared_at is null order by b.at desc, b.id desc limit ${limit}`.execute(db);
  return rows;
}

/** Says that an address takes mail again; false where it is not known to refuse any. */
export async function clearBounce(
  db: Kysely<Database>,
  id: number,
  { actor, now }: { actor: string; now: Temporal.Instant },
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{
      address: string;
    }>`update bounce set cleared_at = ${now.toString()}, cleared_by = ${actor}
      where id = ${id} and cleared_at is null returning lower(address) as address`.execute(trx);
    const [cleared] = rows;
    if (cleared === undefined) return false;
    await recordAudit(trx, { at: now, actor, action: "address-mended", subject: `address ${cleared.address}` });
    return true;
  });
}
