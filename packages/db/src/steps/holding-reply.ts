import { type Kysely, sql } from "kysely";
import { acknowledgeWithin } from "../acknowledge.ts";
import { recordAudit } from "../audit.ts";
import type { Database } from "../tables.ts";

/**
 * Keeps a holding reply: whoever answers for a case says in words that they have seen it and when they answer in full. It
 * counts as acknowledged, and stays among the answers of the case.
 */
export async function giveHoldingReply(
  db: Kysely<Database>,
  escalation: number,
  { body, by, actor, now }: { body: string; by: string; actor: string; now: Temporal.Instant },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`insert into answer (kind, request, escalation, body, by, at)
      values ('holding-reply', (select id from request where escalation = ${escalation} and kind = 'acknowledgement'
        and ended_at is null order by id desc limit 1), ${escalation}, ${body}, ${by}, ${now.toString()})`.execute(trx);
    await recordAudit(trx, {
      at: now,
      actor,
      action: "holding-reply-given",
      subject: `escalation ${escalation}`,
      detail: { body, by },
    });
    await acknowledgeWithin(trx, escalation, { actor: by, note: body, now });
  });
}
