import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";

/** Whether a plan answers this one case of this organisation and no other: then the case's link opens it. */
export async function planAnswersOnly(
  db: Kysely<Database>,
  plan: number,
  { escalation, organisation }: { escalation: number; organisation: string },
): Promise<boolean> {
  const { rows } = await sql<{ cases: readonly number[] }>`
    select array(select c.escalation from action_plan_case c where c.plan = p.id and c.ended_at is null) as cases
    from action_plan p where p.id = ${plan} and p.organisation = ${organisation}`.execute(db);
  const cases = rows[0]?.cases ?? [];
  return cases.length === 1 && cases[0] === escalation;
}
