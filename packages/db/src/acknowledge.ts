import type { Kysely } from "kysely";
import { recordAudit } from "./audit.ts";
import type { Database } from "./tables.ts";

/** Notes that somebody has seen a case. The first acknowledgement stands and is shown; the audit trail keeps each. */
export async function acknowledgeEscalation(
  db: Kysely<Database>,
  escalation: number,
  { actor, note, now }: { actor: string; note: string; now: Temporal.Instant },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx
      .updateTable("escalation")
      .set({ acknowledged_at: now.toString(), acknowledged_by: actor, acknowledgement: note })
      .where("id", "=", escalation)
      .where("acknowledged_at", "is", null)
      .execute();
    const subject = `escalation ${escalation}`;
    await recordAudit(trx, { at: now, actor, action: "escalation-acknowledged", subject, detail: { note } });
  });
}
