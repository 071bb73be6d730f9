import type { CaseFacts, DoneOn, Frequency, OpenStep } from "@signalbox/domain";
import { type Kysely, type RawBuilder, sql } from "kysely";
import { executivesAbove } from "../executives-above.ts";
import type { Database } from "../tables.ts";
import { isStepOf, operators, whoLooks } from "./keep-next-steps.ts";
import { reviewDays } from "./review-days.ts";

/** Something that is asked about a case and open, as it is kept. */
export interface KeptStep extends OpenStep {
  readonly id: number;
  readonly plan: number | null;
  readonly action: number | null;
}

/** How a case is followed through, as it is kept. */
export interface FollowedCase extends CaseFacts {
  readonly open: readonly KeptStep[];
}

interface Row extends Omit<FollowedCase, "looksNext"> {
  readonly id: number;
  readonly forum: string | null;
  readonly frequency: Frequency;
  readonly looking: readonly string[];
}

/** How cases are followed through, by case; one statement and the next meetings, however many cases. */
export async function followedCases(
  db: Kysely<Database>,
  escalations: readonly number[],
  now: Temporal.Instant,
): Promise<ReadonlyMap<number, FollowedCase>> {
  if (escalations.length === 0) return new Map();
  const [{ rows }, days] = [await readRows(db, escalations, now), await reviewDays(db, now)];
  return new Map(
    rows.map(({ id, forum, frequency, looking, ...facts }) => {
      const on = (forum === null ? undefined : days.meetings.get(forum)) ?? days.without[frequency];
      return [id, { ...facts, looksNext: { people: looking, on } }];
    }),
  );
}

/** The London day of an instant, as text. */
function dayIn(instant: string): RawBuilder<string> {
  return sql`((${sql.raw(instant)}) at time zone 'Europe/London')::date::text`;
}

function done(instant: string, by: string): RawBuilder<DoneOn> {
  return sql`json_build_object('on', ${dayIn(instant)}, 'by', nullif(${sql.raw(by)}, ''))`;
}

/** Of the actions of the plan `p` that were not dropped: whether all are complete in an aspect, by when the last was, and by whom. */
function allComplete(aspect: "delivery" | "embedding"): RawBuilder<DoneOn | null> {
  return sql`(select json_build_object('on', max(coalesce(last.done_on::text, ${dayIn("last.at")})),
      'by', case when count(distinct last.by) = 1 then min(last.by) end)
    from action x left join lateral (select g.rating, g.done_on, g.at, g.by from action_rating g
      where g.action = x.id and g.aspect = ${aspect} order by g.id desc limit 1) last on true
    where x.plan = p.id and x.dropped_in is null
    having count(*) > 0 and bool_and(coalesce(last.rating = 'complete', false)))`;
}

async function readRows(db: Kysely<Database>, escalations: readonly number[], now: Temporal.Instant) {
  return sql<Row>`
    select e.id, e.standing, e.forum, e.frequency, ${whoLooks("e.forum")} as looking,
      coalesce(nullif(${executivesAbove("e.organisation", "e.raised_in")}, '{}'), ${operators}) as answering,
      case when e.shown_at > ${now.toString()} then ${dayIn("e.shown_at")} end as "shownOn",
      (select coalesce(json_agg(json_build_object('id', r.id, 'kind', r.kind, 'people', case when r.recipients = '{}' then to_json(${operators}) else to_json(r.recipients) end, 'dueOn', r.due_on,
          'stage', r.stage, 'quiet', r.quiet, 'why', r.why, 'plan', r.plan, 'action', r.action) order by r.due_on, r.id), '[]')
        from request r where ${isStepOf}) as open,
      (select ${done("a.at", "a.by")} from (
          select at, by from acknowledgement k where k.escalation = e.id and k.ended_why is distinct from 'ran-out'
          union all select ended_at, answered_by from request q
            where q.escalation = e.id and q.kind = 'acknowledgement' and q.stage = 'answered') a
        order by a.at limit 1) as acknowledged,
      (select json_build_object(
          'sent', (select ${done("v.sent_at", "v.sent_by")} from action_plan_revision v
            where v.plan = p.id order by v.revision desc limit 1),
          'accepted', (select ${done("v.decided_at", "v.decided_by")} from action_plan_revision v
            where v.plan = p.id and v.decision = 'accepted' order by v.revision desc limit 1),
          'dueOn', (select max(x.due_on) from action x where x.plan = p.id and x.dropped_in is null),
          'owners', (select coalesce(json_agg(distinct x.owner), '[]') from action x where x.plan = p.id and x.dropped_in is null),
          'delivered', ${allComplete("delivery")}, 'embedded', ${allComplete("embedding")})
        from action_plan_case c join action_plan p on p.id = c.plan
        where c.escalation = e.id and c.ended_at is null and p.revision > 0 and p.state <> 'withdrawn'
        order by p.id desc limit 1) as plan
    from escalation e where e.id = any(${[...escalations]}::bigint[])`.execute(db);
}
