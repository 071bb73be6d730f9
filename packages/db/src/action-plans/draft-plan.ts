import type { PlanBody } from "@signalbox/domain";
import { type Kysely, sql, type Transaction } from "kysely";
import { recordAudit } from "../audit.ts";
import type { Database } from "../tables.ts";
import { addCases } from "./cover-case.ts";
import { type ActingOnPlan, type ActionPlan, lockPlan, type PlanUnchanged } from "./plans.ts";

/** Begins a plan for some cases of an organisation, as a draft that nobody else is told of; its id. */
export async function makeDraft(
  db: Kysely<Database>,
  { organisation, escalations, body }: { organisation: string; escalations: readonly number[]; body: PlanBody },
  { by, now }: ActingOnPlan,
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const at = now.toString();
    const { id } = await trx
      .insertInto("action_plan")
      .values({
        organisation,
        draft: JSON.stringify(body),
        edition: 1,
        drafted_by: by,
        drafted_at: at,
        made_by: by,
        made_at: at,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await addCases(trx, { plan: id, escalations, reason: "" }, { by, now });
    await recordAudit(trx, {
      at: now,
      actor: by,
      action: "plan-begun",
      subject: `plan ${id}`,
      detail: { organisation, escalations },
    });
    return id;
  });
}

/** Whether a plan may be written on: it waits for nobody's decision, and was not taken back. */
export function isWritable({ state }: Pick<ActionPlan, "state">): boolean {
  return state !== "sent" && state !== "withdrawn";
}

/**
 * Puts a draft in place of the one that was seen (`edition`); of an accepted plan it begins the next revision. Where somebody
 * saved or sent it meanwhile nothing is done, and the plan as it is now comes back.
 */
export async function saveDraft(
  db: Kysely<Database>,
  { id, edition, body }: { id: number; edition: number; body: PlanBody },
  { by, now }: ActingOnPlan,
): Promise<{ readonly kind: "saved"; readonly edition: number } | PlanUnchanged> {
  return db.transaction().execute(async (trx) => {
    const held = await lockPlan(trx, id);
    if (held === null) return { kind: "gone" };
    if (held.edition !== edition || !isWritable(held)) return { kind: "stale", plan: held };
    await writeDraft(trx, { id, body }, { by, now });
    await recordAudit(trx, {
      at: now,
      actor: by,
      action: "plan-saved",
      subject: `plan ${id}`,
      detail: { edition: edition + 1, actions: body.actions.length },
    });
    return { kind: "saved", edition: edition + 1 };
  });
}

async function writeDraft(
  trx: Transaction<Database>,
  { id, body }: { id: number; body: PlanBody },
  { by, now }: ActingOnPlan,
): Promise<void> {
  await sql`update action_plan set draft = ${JSON.stringify(body)}::jsonb, edition = edition + 1, drafted_by = ${by},
    drafted_at = ${now.toString()} where id = ${id}`.execute(trx);
}
