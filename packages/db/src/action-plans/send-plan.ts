import { type Kysely, sql, type Transaction } from "kysely";
import { recordAudit } from "../audit.ts";
import { answerRequests } from "../steps/ask.ts";
import type { Database } from "../tables.ts";
import { askForDecision } from "./ask-for-decision.ts";
import { isWritable } from "./draft-plan.ts";
import { type ActingOnPlan, type ActionPlan, everyCaseOf, lockPlan, type PlanUnchanged } from "./plans.ts";

/**
 * Sends the draft that was seen (`edition`): it becomes a revision, which never changes. What was asked of its cases is
 * answered, and their forums are asked to decide. Ring `tell` once it is done.
 */
export async function sendPlan(
  db: Kysely<Database>,
  { id, edition }: { id: number; edition: number },
  { by, now }: ActingOnPlan,
): Promise<{ readonly kind: "sent"; readonly revision: number } | PlanUnchanged> {
  return db.transaction().execute(async (trx) => {
    const held = await lockPlan(trx, id);
    if (held === null) return { kind: "gone" };
    if (held.edition !== edition || held.draft === null || !isWritable(held)) return { kind: "stale", plan: held };
    const revision = await writeRevision(trx, held, { by, now });
    const escalations = (await everyCaseOf(trx, id, now)).map((one) => one.id);
    await answerRequests(trx, { kinds: ["action-plan", "acknowledgement"], escalations }, { by, now });
    await askForDecision(trx, { plan: { id, revision } }, { by, now });
    await recordAudit(trx, { at: now, actor: by, action: "plan-sent", subject: `plan ${id}`, detail: { revision } });
    return { kind: "sent", revision };
  });
}

async function writeRevision(
  trx: Transaction<Database>,
  { id, revision, draft }: ActionPlan,
  { by, now }: ActingOnPlan,
): Promise<number> {
  const next = revision + 1;
  await trx
    .insertInto("action_plan_revision")
    .values({
      plan: id,
      revision: next,
      body: JSON.stringify(draft),
      sent_by: by,
      sent_at: now.toString(),
      decision: null,
      decided_by: null,
      note: null,
    })
    .execute();
  await sql`insert into action_plan_path (plan, revision, series, period, value)
    select ${id}, ${next}, s.id, v.period, v.value
    from jsonb_to_recordset(${JSON.stringify(pathRows(draft))}::jsonb)
      as v(metric text, organisation text, period int, value float8)
    join series s on s.metric = v.metric and s.organisation = v.organisation`.execute(trx);
  await trx
    .updateTable("action_plan")
    .set({ state: "sent", revision: next, draft: null })
    .where("id", "=", id)
    .execute();
  return next;
}

function pathRows(draft: ActionPlan["draft"]) {
  return (draft?.path ?? []).flatMap(({ metric, organisation, values }) =>
    values.flatMap(({ period, value }) => (value === null ? [] : [{ metric, organisation, period, value }])),
  );
}
