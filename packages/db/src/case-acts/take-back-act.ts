import { type Kysely, sql } from "kysely";
import { recordAudit } from "../audit.ts";
import type { Database } from "../tables.ts";
import type { Act, ActOutcome } from "./sign-off-case.ts";
import { decideAnew } from "./standing-case.ts";

/**
 * Takes back a sign-off or a closure: it counts no more, and what it decided is decided anew. Taking it back again changes
 * nothing. Null where the case has no such act. Ring assess-series, assess-organisations and tell afterwards.
 */
export async function takeBackAct(
  db: Kysely<Database>,
  { escalation, act }: { escalation: number; act: number },
  { by, now, through }: Omit<Act, "note">,
): Promise<ActOutcome | null> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ series: number | null; organisation: string; kind: string; back: boolean }>`
      select a.series, e.organisation, a.act as kind, a.taken_back_at is not null as back from case_act a
      join escalation e on e.id = a.escalation where a.id = ${act} and a.escalation = ${escalation} for update of a`.execute(
      trx,
    );
    const [found] = rows;
    if (found === undefined) return null;
    if (found.back) return { kind: "refused", why: "It was taken back already." };
    await sql`update case_act set taken_back_by = ${by}, taken_back_at = ${now.toString()} where id = ${act}`.execute(
      trx,
    );
    await decideAnew(trx, found, now);
    const subject = `escalation ${escalation}`;
    await recordAudit(trx, {
      at: now,
      actor: by,
      action: "case-act-taken-back",
      subject,
      detail: { act, kind: found.kind, ...(through === undefined ? {} : { through }) },
    });
    return { kind: "done", act };
  });
}
