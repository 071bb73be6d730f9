import { LEAST_SCORE } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import { planSeen } from "./action-plans/list-plans.ts";
import { riskSeen } from "./risks/list-risks.ts";
import { caseSeen, seriesSeen, type Sight } from "./sight.ts";
import type { Database } from "./tables.ts";

/** How much there is of each thing that follows cases, as far as somebody sees it. */
export interface FollowUpCounts {
  readonly plans: number;
  readonly plansToDecide: number;
  /** Actions of accepted plans that nobody has said are complete. */
  readonly actions: number;
  readonly actionsLate: number;
  readonly risks: number;
  readonly risksExtreme: number;
  /** Accepted plans that ask for money or help. */
  readonly investment: number;
  /** Commentary that is asked for. */
  readonly commentary: number;
  readonly meetings: number;
  readonly decisionsToDo: number;
}

/** Counts what follows cases, in one statement. */
export async function followUpCounts(
  db: Kysely<Database>,
  { sight, now, today }: { readonly sight: Sight; readonly now: Temporal.Instant; readonly today: Temporal.PlainDate },
): Promise<FollowUpCounts> {
  const forums = sight.organisations === null ? sql`true` : sql`m.forum = any(${sight.forums}::text[])`;
  const isDone = sql`exists (select from (select rating from action_rating r where r.action = a.id and r.aspect = 'delivery'
    order by r.id desc limit 1) last where last.rating = 'complete')`;
  const { rows } = await sql<FollowUpCounts>`
    with plans as materialized (select p.id, p.state from action_plan p where p.state <> 'withdrawn' and ${planSeen(sight, now)}),
    to_do as materialized (select a.due_on from plans p join action a on a.plan = p.id and a.dropped_in is null where not ${isDone}),
    risks as materialized (select r.likelihood * r.impact as score from risk r where r.until is null and ${riskSeen(sight, now)})
    select (select count(*)::int from plans) as plans,
      (select count(*)::int from plans where state = 'sent') as "plansToDecide",
      (select count(*)::int from to_do) as actions,
      (select count(*)::int from to_do where due_on < ${today.toString()}::date) as "actionsLate",
      (select count(*)::int from risks) as risks,
      (select count(*)::int from risks where score >= ${LEAST_SCORE.extreme}) as "risksExtreme",
      (select count(*)::int from plans p join lateral (select body from action_plan_revision x
        where x.plan = p.id and x.decision = 'accepted' order by revision desc limit 1) r on true
        where coalesce((r.body ->> 'cost')::float8, 0) > 0 or coalesce(r.body ->> 'help', '') <> '') as investment,
      (select count(*)::int from request q left join escalation e on e.id = q.escalation left join series s on s.id = q.series
        where q.kind = 'commentary' and q.ended_at is null and (e.id is not null and ${caseSeen(sight, now)}
          or s.id is not null and ${seriesSeen(sight, { metric: "s.metric", organisation: "s.organisation" })})) as commentary,
      (select count(*)::int from meeting m where m.cancelled_at is null and m.starts_at >= ${now.toString()} and ${forums}) as meetings,
      (select count(*)::int from meeting_decision d join meeting m on m.id = d.meeting
        where d.done_at is null and d.due_on is not null and ${forums}) as "decisionsToDo"`.execute(db);
  const [counts] = rows;
  if (counts === undefined) throw new Error("Counting what follows cases gave no row.");
  return counts;
}
