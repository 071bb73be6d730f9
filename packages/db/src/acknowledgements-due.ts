import { sql, type Transaction } from "kysely";
import { executivesAbove } from "./executives-above.ts";
import type { Database } from "./tables.ts";

/** An acknowledgement that nothing has followed in time, and its case. */
export interface RanOut {
  readonly id: number;
  readonly escalation: number;
  readonly series: number | null;
  readonly organisation: string;
  readonly period: number;
  readonly name: string;
  readonly at: Temporal.Instant;
  readonly expiresOn: string;
  /** What was last said of the case, else what little its names say. */
  readonly detail: Readonly<Record<string, unknown>>;
  readonly executives: readonly string[];
}

/**
 * A step down, the end of the case, an answered request for a plan, or one that is open and, where the protocol follows cases
 * through, chased by itself: nobody hears of one silence twice. A newer acknowledgement has ended this one.
 */
const followed = sql`(
  not e.standing
  or exists (select from escalation_event x where x.escalation = a.escalation and x.replaced_at is null
    and x.event = 'stepped-down' and x.at >= a.at)
  or exists (select from request r where r.escalation = a.escalation and r.kind = 'action-plan'
    and (r.stage = 'answered' and r.ended_at >= a.at
      or r.ended_at is null and not r.quiet and (r.next_at is not null or r.stage <> 'asked')
        and exists (select from protocol p where p.until is null and p.body ? 'followThrough'))))`;

/**
 * Ends the acknowledgements, at most `limit`, whose time has come by `now` and that nothing has followed, and returns them;
 * those that something has followed are not looked at again. Another's are passed over.
 */
export async function endUnfollowed(
  trx: Transaction<Database>,
  now: Temporal.Instant,
  limit: number,
): Promise<{ looked: number; ranOut: RanOut[] }> {
  const at = now.toString();
  const due = await sql<{ id: number }>`select id from acknowledgement where next_at <= ${at}
    order by id limit ${limit} for update skip locked`.execute(trx);
  const ids = due.rows.map(({ id }) => id);
  if (ids.length === 0) return { looked: 0, ranOut: [] };
  await sql`update acknowledgement a set next_at = null from escalation e
    where a.id = any(${ids}::bigint[]) and e.id = a.escalation and ${followed}`.execute(trx);
  const { rows } = await sql<RanOut>`
    with ended as (
      update acknowledgement set next_at = null, ended_at = ${at}, ended_why = 'ran-out'
      where id = any(${ids}::bigint[]) and next_at is not null returning *)
    select a.id, a.escalation, e.series, e.organisation, a.at, a.expires_on as "expiresOn",
      coalesce(last.period, e.raised_in) as period,
      coalesce((select p.name from person p where lower(p.email) = lower(a.by)
        order by p.until desc nulls first, p.id limit 1), a.by) as name,
      coalesce(said.detail, jsonb_build_object('title', coalesce(m.name, 'Figures'), 'tier', e.tier,
        'organisation', coalesce(o.name, e.organisation))) as detail,
      ${executivesAbove("e.organisation", "e.raised_in")} as executives
    from ended a join escalation e on e.id = a.escalation
    left join metric m on m.code = e.metric and m.until is null
    left join organisation o on o.code = e.organisation and o.until is null
    left join lateral (select max(period) as period from escalation_event x
      where x.escalation = e.id and x.replaced_at is null) last on true
    left join lateral (select detail from telling t
      where t.escalation = e.id and t.kind in ('digest', 'action-plan-request', 'commentary-request')
      order by t.period desc nulls last, t.id desc limit 1) said on true
    order by a.id`.execute(trx);
  return { looked: ids.length, ranOut: rows };
}
