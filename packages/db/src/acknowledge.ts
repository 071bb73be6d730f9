import { protocolSchema, rulesFor, runsOut } from "@signalbox/domain";
import { type Kysely, sql, type Transaction } from "kysely";
import { recordAudit } from "./audit.ts";
import { answerRequests } from "./steps/ask.ts";
import type { Database } from "./tables.ts";

interface Given {
  readonly actor: string;
  readonly note: string;
  readonly now: Temporal.Instant;
}

/**
 * Notes that somebody has seen a case, which answers what its owner was asked to say. It takes the place of the acknowledgement
 * before it, which stays in the history; the same words of the same person again change nothing. How long it lasts is said by
 * the protocol in force.
 */
export async function acknowledgeEscalation(db: Kysely<Database>, escalation: number, given: Given): Promise<void> {
  await db.transaction().execute((trx) => acknowledgeWithin(trx, escalation, given));
}

/** Notes it in the transaction of an act that says so by itself. */
export async function acknowledgeWithin(
  trx: Transaction<Database>,
  escalation: number,
  { actor, note, now }: Given,
): Promise<void> {
  const subject = `escalation ${escalation}`;
  await recordAudit(trx, { at: now, actor, action: "escalation-acknowledged", subject, detail: { note } });
  // Two at once come one after the other, and the second one reads what the first one wrote.
  await sql`select from escalation where id = ${escalation} for update`.execute(trx);
  const { rows } = await sql<{ frequency: "monthly" | "quarterly"; said: boolean }>`
    select e.frequency, exists (select from acknowledgement a where a.escalation = e.id and a.ended_at is null
      and a.by = ${actor} and a.note = ${note}) as said
    from escalation e where e.id = ${escalation}`.execute(trx);
  await answerRequests(trx, { kinds: ["acknowledgement"], escalations: [escalation] }, { by: actor, now });
  const [found] = rows;
  if (found === undefined || found.said) return;
  await trx
    .updateTable("acknowledgement")
    .set({ ended_at: now.toString(), ended_why: "replaced", next_at: null })
    .where("escalation", "=", escalation)
    .where("ended_at", "is", null)
    .execute();
  await trx
    .insertInto("acknowledgement")
    .values({ escalation, at: now.toString(), by: actor, note, ...(await lasts(trx, found.frequency, now)) })
    .execute();
}

async function lasts(trx: Transaction<Database>, frequency: "monthly" | "quarterly", now: Temporal.Instant) {
  const row = await trx.selectFrom("protocol").select("body").where("until", "is", null).executeTakeFirst();
  const allowed = rulesFor(protocolSchema.parse(row?.body ?? {}), frequency).acknowledgement;
  if (allowed === undefined) return { expires_on: null };
  const { expiresOn, lookedAt } = runsOut(now, allowed.workingDays);
  return { expires_on: expiresOn.toString(), next_at: lookedAt.toString() };
}
