import { type Kysely, sql } from "kysely";
import { recordAudit } from "../audit.ts";
import type { Database, RequestKind } from "../tables.ts";
import type { AnswerLink } from "./find-answer-link.ts";

/** Notes that a link was opened, from where; it may be again. */
export async function openedAnswerLink(
  db: Kysely<Database>,
  { id, person, escalation }: Pick<AnswerLink, "id" | "person" | "escalation">,
  { now, from }: { now: Temporal.Instant; from: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`update answer_link set used_at = coalesce(used_at, ${now.toString()}::timestamptz) where id = ${id}`.execute(
      trx,
    );
    const detail = { escalation, from };
    await recordAudit(trx, {
      at: now,
      actor: person,
      action: "answer-link-opened",
      subject: `answer link ${id}`,
      detail,
    });
  });
}

/** Ends a link, and with it whatever was opened by it. Returns whether it was still to be ended. */
export async function endAnswerLink(
  db: Kysely<Database>,
  id: number,
  { by, now }: { by: string; now: Temporal.Instant },
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql`update answer_link set revoked_at = ${now.toString()}, revoked_by = ${by}
      where id = ${id} and revoked_at is null returning id`.execute(trx);
    if (rows.length === 0) return false;
    await recordAudit(trx, { at: now, actor: by, action: "answer-link-ended", subject: `answer link ${id}` });
    return true;
  });
}

/** A link that still opens, as the page of its case lists it. */
export interface ListedAnswerLink {
  readonly id: number;
  readonly person: string;
  readonly kind: RequestKind;
  readonly madeAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
  readonly usedAt: Temporal.Instant | null;
}

/** The links of a case that still open: of one person, or of everybody (null). */
export async function answerLinksOf(
  db: Kysely<Database>,
  escalation: number,
  { person, now }: { person: string | null; now: Temporal.Instant },
): Promise<ListedAnswerLink[]> {
  const { rows } = await sql<ListedAnswerLink>`
    select l.id, l.person, r.kind, l.made_at as "madeAt", l.expires_at as "expiresAt", l.used_at as "usedAt"
    from answer_link l join request r on r.id = l.request
    where l.escalation = ${escalation} and l.revoked_at is null and l.expires_at > ${now.toString()} and r.ended_at is null
      and ${person === null ? sql`true` : sql`l.person = ${person.toLowerCase()}`}
    order by l.id`.execute(db);
  return rows;
}
