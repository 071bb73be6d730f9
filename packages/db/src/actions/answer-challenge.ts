import { type Kysely, sql } from "kysely";
import { recordAudit } from "../audit.ts";
import { answerRequests } from "../steps/ask.ts";
import type { Database, RequestStage } from "../tables.ts";
import type { ActingOnAction } from "./rate-action.ts";

/** Of whom a challenge is asked. */
export type ChallengeSeat = "owner" | "chair";

/** A challenge as it was asked of one side, and what they answered. */
export interface Challenge {
  readonly request: number;
  readonly seat: ChallengeSeat;
  readonly why: string;
  readonly recipients: readonly string[];
  readonly askedAt: Temporal.Instant;
  readonly dueOn: string;
  readonly stage: RequestStage;
  readonly endedAt: Temporal.Instant | null;
  readonly answers: readonly { readonly body: string; readonly by: string; readonly at: string }[];
}

/** The challenges of a case, the latest first, withdrawn ones left out. */
export async function challengesOf(db: Kysely<Database>, escalation: number): Promise<Challenge[]> {
  const { rows } = await sql<Challenge>`
    select r.id as request, split_part(r.key, ':', 5) as seat, r.why, r.recipients, r.asked_at as "askedAt", r.due_on as "dueOn",
      r.stage, r.ended_at as "endedAt",
      coalesce((select jsonb_agg(jsonb_build_object('body', a.body, 'by', a.by, 'at', a.at) order by a.id) from answer a
        where a.request = r.id), '[]') as answers
    from request r where r.escalation = ${escalation}::bigint and r.kind = 'challenge' and r.stage <> 'withdrawn'
    order by r.id desc`.execute(db);
  return rows;
}

/** Whoever is challenged says in words what they make of it: kept, and what was asked of that side is answered. */
export async function answerChallenge(
  db: Kysely<Database>,
  { escalation, seat, body }: { escalation: number; seat: ChallengeSeat; body: string },
  { by, now }: ActingOnAction,
): Promise<"done" | "nothing-asked"> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ id: number }>`select id from request where escalation = ${escalation}::bigint
      and kind = 'challenge' and ended_at is null and split_part(key, ':', 5) = ${seat} order by id for update`.execute(
      trx,
    );
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) return "nothing-asked";
    await sql`insert into answer (kind, request, escalation, body, by, at)
      select 'challenge', id, ${escalation}::bigint, ${body}, ${by}, ${now.toString()} from unnest(${ids}::bigint[]) as id`.execute(
      trx,
    );
    await answerRequests(trx, { kinds: ["challenge"], ids }, { by, now });
    await recordAudit(trx, {
      at: now,
      actor: by,
      action: "challenge-answered",
      subject: `escalation ${escalation}`,
      detail: { seat, body },
    });
    return "done";
  });
}
