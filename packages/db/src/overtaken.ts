import { type RawBuilder, sql, type Transaction } from "kysely";
import type { Database } from "./tables.ts";

/**
 * What a notice `n` becomes that no longer holds: superseded, or, where it is on its way to the mail server just now, marked, so
 * that it is superseded should the server put it off. With `mayGiveWay` in the same statement's condition.
 */
export const givesWay: RawBuilder<unknown> = sql`
  status = case n.status when 'pending' then 'superseded' else n.status end, overtaken = n.status = 'sending'`;

/** A notice `n` that has not left, as far as anybody knows. */
export const mayGiveWay: RawBuilder<boolean> = sql`n.status in ('pending', 'sending')`;

/**
 * Takes back what rests on notices that were put off after they had been overtaken: their tellings, and corrections of what
 * now was never said to their person, where nothing of it stands. What a person is asked anew may be asked under the old key.
 */
export async function takeBackOvertaken(trx: Transaction<Database>, mails: readonly number[]): Promise<void> {
  const { rows } = await sql<{ id: number; telling: number; recipient: string; escalation: number | null }>`
    update notice n set status = 'superseded', overtaken = false
    where n.mail = any(${mails}::bigint[]) and n.overtaken and n.status = 'pending'
    returning n.id, n.telling, n.recipient, n.escalation`.execute(trx);
  if (rows.length === 0) return;
  const tellings = [...new Set(rows.map(({ telling }) => telling))];
  await sql`update telling t set state = 'dropped', key = case when t.key like 'request:%' then t.key || ' dropped ' || t.id else t.key end
    where t.id = any(${tellings}::bigint[]) and t.state = 'made'
      and not exists (select from notice n where n.telling = t.id and n.status <> 'superseded')`.execute(trx);
  await sql`update request r set key = r.key || ' taken back ' || r.id from telling t
    where t.id = any(${tellings}::bigint[]) and t.state = 'dropped' and r.stage = 'withdrawn'
      and t.key = 'request:' || r.key || ' dropped ' || t.id`.execute(trx);
  const told = rows.filter(({ escalation }) => escalation !== null);
  // Of a case that is gone a person who never heard of it need not hear.
  const unheard = sql`never_told as (
    select v.escalation, v.recipient from unnest(${told.map(({ escalation }) => escalation)}::bigint[],
      ${told.map(({ recipient }) => recipient)}::text[]) as v (escalation, recipient)
    where not exists (select from notice n where n.escalation = v.escalation and n.recipient = v.recipient
      and n.kind in ('digest', 'correction', 'action-plan-request', 'commentary-request')
      and n.status in ('sending', 'sent', 'unknown')))`;
  await sql`with ${unheard} update notice n set ${givesWay} from never_told v
    where n.escalation = v.escalation and n.recipient = v.recipient and n.kind = 'correction' and n.reason = 'withdrawn'
      and ${mayGiveWay}`.execute(trx);
  await sql`with ${unheard}, left_over as (
      select t.id, array(select r from unnest(t.recipients) r
        where lower(r) not in (select v.recipient from never_told v where v.escalation = t.escalation)) as people
      from telling t where t.escalation in (select escalation from never_told)
        and t.kind = 'correction' and t.reason = 'withdrawn' and t.state = 'waiting')
    update telling t set recipients = l.people, state = case when l.people = '{}' then 'dropped' else t.state end
    from left_over l where l.id = t.id and l.people <> t.recipients`.execute(trx);
}
