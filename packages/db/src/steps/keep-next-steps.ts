import { atTime, nthWorkingDayAfter } from "@signalbox/domain";
import { type RawBuilder, sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";
import { isKeptReview } from "./kept-review.ts";
import { type ReviewDays, reviewDays } from "./review-days.ts";

/** Before work, London time, like every chaser. */
const MORNING = "08:00";

/** A request `r` that is open and is a next step of the case `e`: it names the case, or a plan that answers it. */
export const isStepOf: RawBuilder<boolean> = sql`(r.ended_at is null and (r.escalation = e.id
  or r.plan in (select c.plan from action_plan_case c where c.escalation = e.id and c.ended_at is null)))`;

/** A case `e` that stands, is shown to its forums by `now`, and of which nothing is asked. */
export function hasNoNextStep(now: Temporal.Instant): RawBuilder<boolean> {
  return sql`(e.standing and e.shown_at <= ${now.toString()}
    and not exists (select from request r where r.ended_at is null and r.escalation = e.id)
    and not exists (select from action_plan_case c join request r on r.plan = c.plan and r.ended_at is null
      where c.escalation = e.id and c.ended_at is null))`;
}

/** The operators, who are asked where nobody is named. */
export const operators: RawBuilder<readonly string[]> =
  sql`(select coalesce(array_agg(distinct lower(p.email)), '{}') from person p
  where p.until is null and p.role = 'operator')`;

/** The chairs of the forum in a column, or, where it has none, its secretaries, or the operators. */
export function whoLooks(forum: string): RawBuilder<readonly string[]> {
  const code = sql.ref(forum);
  const of = (role: string) =>
    sql`(select array_agg(distinct lower(p.email)) from person p
      where p.until is null and p.role = ${role} and p.forum = ${code} and p.organisation is null)`;
  return sql`coalesce(${of("chair")}, ${of("secretary")}, ${operators})`;
}

/**
 * Asks the chair, or the secretary, of each standing case of which nothing else is asked to look at it on the day their forum
 * next meets. Nobody is written to. One whose day has passed is made anew, with the next day; one is ended where something else
 * is asked, or the case has ended. While figures wait to be read or decided it waits: what is asked follows from them. Returns
 * how many were ended or made. Several notifiers at once make one.
 */
export async function keepNextSteps(trx: Transaction<Database>, now: Temporal.Instant): Promise<number> {
  const at = now.toString();
  const { rows } = await sql<{
    mine: boolean;
  }>`select not exists (select from series_state where due and failed_at is null)
    and not exists (select from organisation_due where failed_at is null)
    and not exists (select from submission where status in ('received', 'reading') and failed_at is null)
    and pg_try_advisory_xact_lock(7103, 1) as mine`.execute(trx);
  if (rows[0]?.mine !== true) return 0;
  // Sets that are made once: looked up case by case it is slow, and it is done at each ring.
  const ended = await sql`update request r set stage = 'withdrawn', next_at = null, ended_at = ${at}
    where ${isKeptReview} and (r.next_at <= ${at} or r.escalation not in (select e.id from escalation e where e.standing)
      or r.escalation in (select o.escalation from request o
        where o.ended_at is null and o.kind <> 'review' and o.escalation is not null))`.execute(trx);
  const lacking = await sql`select from escalation e where ${hasNoNextStep(now)} limit 1`.execute(trx);
  const made = lacking.rows.length === 0 ? 0n : await askToLook(trx, await reviewDays(trx, now), now);
  return Number((ended.numAffectedRows ?? 0n) + made);
}

async function askToLook(
  trx: Transaction<Database>,
  { meetings, without }: ReviewDays,
  now: Temporal.Instant,
): Promise<bigint> {
  const days = [...new Set([...meetings.values(), ...Object.values(without)])];
  const over = days.map((day) => atTime(nthWorkingDayAfter(Temporal.PlainDate.from(day), 1), MORNING).toString());
  const { numAffectedRows } = await sql`
    insert into request (kind, key, escalation, series, organisation, period, recipients, asked_at, due_on, next_at, forum, quiet, why)
    select 'review', 'review:' || e.id || ':' || (select count(*) + 1 from request b where b.escalation = e.id and b.kind = 'review'),
      e.id, e.series, e.organisation, e.raised_in, ${whoLooks("e.forum")}, ${now.toString()}, d.day, d.over, e.forum, true,
      'Nothing else is asked of this case'
    from escalation e
    left join unnest(${[...meetings.keys()]}::text[], ${[...meetings.values()]}::date[]) as m (forum, day) on m.forum = e.forum
    join unnest(${days}::date[], ${over}::timestamptz[]) as d (day, over)
      on d.day = coalesce(m.day, case e.frequency when 'quarterly' then ${without.quarterly}::date else ${without.monthly}::date end)
    where ${hasNoNextStep(now)}
    on conflict (key) do nothing`.execute(trx);
  return numAffectedRows ?? 0n;
}
