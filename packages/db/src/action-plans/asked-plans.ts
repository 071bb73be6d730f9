import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";

/** The plan that was sent last for the case of a request; a draft is nobody else's. */
const planAnswering = sql<number | null>`(select max(p.id) from action_plan_case c join action_plan p on p.id = c.plan
  where c.escalation = request.escalation and c.ended_at is null and p.revision > 0 and p.state <> 'withdrawn')`;

/** What was asked for each of these cases last, by the case: the plan that answers it, by when, and how it stands. */
export async function actionPlansAsked(db: Kysely<Database>, escalations: readonly number[]) {
  const rows = await db
    .selectFrom("request")
    .select(["escalation", "asked_at", "due_on", "stage", planAnswering.as("plan")])
    .where("kind", "=", "action-plan")
    .where("escalation", "in", [0, ...escalations])
    .orderBy("id")
    .execute();
  return new Map(
    rows.map((row) => [
      row.escalation,
      { id: row.plan, requestedAt: row.asked_at, dueOn: row.due_on, status: row.stage },
    ]),
  );
}
