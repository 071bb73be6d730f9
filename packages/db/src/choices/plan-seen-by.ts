import { type Kysely, sql } from "kysely";
import { planSeen } from "../action-plans/list-plans.ts";
import type { Sight } from "../sight.ts";
import type { Database } from "../tables.ts";

/** A plan that was sent or accepted, as somebody chooses it to cover another case. */
export interface CoveringPlan {
  readonly id: number;
  readonly organisation: string;
  readonly state: "sent" | "accepted";
  /** The metrics of the cases that it answers. */
  readonly metrics: readonly string[];
}

const MOST = 100;

/** The plans that may cover a case and do not yet, as far as they are seen: those of its own organisation first, latest first. */
export async function planSeenBy(
  db: Kysely<Database>,
  { sight, now, organisation, notFor }: { sight: Sight; now: Temporal.Instant; organisation: string; notFor: number },
): Promise<CoveringPlan[]> {
  const { rows } = await sql<CoveringPlan>`
    select p.id, p.organisation, p.state,
      array(select distinct e.metric from action_plan_case c join escalation e on e.id = c.escalation
        where c.plan = p.id and c.ended_at is null and e.metric is not null order by e.metric) as metrics
    from action_plan p
    where p.state in ('sent', 'accepted') and ${planSeen(sight, now)}
      and not exists (select from action_plan_case c where c.plan = p.id and c.escalation = ${notFor} and c.ended_at is null)
    order by p.organisation = ${organisation} desc, p.id desc limit ${MOST}`.execute(db);
  return rows;
}
