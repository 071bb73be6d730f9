import { needsEmbedding, protocolSchema, rulesFor } from "@signalbox/domain";
import { type Kysely, sql, type Transaction } from "kysely";
import { recordAudit } from "../audit.ts";
import { answerRequests } from "../steps/ask.ts";
import { moveDueDates } from "../steps/move-due-date.ts";
import type { Database } from "../tables.ts";
import { notEmbedded } from "./not-embedded.ts";
import { decideAnew, type HeldCase, holdCase, isDone, readActedOn } from "./standing-case.ts";

/** Who acts, in which words, when. */
export interface Act {
  readonly by: string;
  readonly note: string;
  readonly now: Temporal.Instant;
  /** The key of a program that does it for them. */
  readonly through?: string;
}

/** Done, or why not, in words for the person who asked. */
export type ActOutcome =
  | { readonly kind: "done"; readonly act: number }
  | { readonly kind: "refused"; readonly why: string };

const refused = (why: string): ActOutcome => ({ kind: "refused", why });

/**
 * Signs a case off that is held for it: as of the last period that decided it, so that this decision turns from held to a step
 * down or the end. Answers what the chair was asked. Ring assess-series and tell afterwards.
 */
export async function signOffCase(
  db: Kysely<Database>,
  escalation: number,
  { by, note, now, through }: Act,
): Promise<ActOutcome> {
  return db.transaction().execute(async (trx) => {
    const one = await holdCase(trx, escalation);
    const why = one === null ? "It stands no more." : await whyNotSigned(trx, one);
    if (one === null || why !== null) return refused(why ?? "");
    if (await isDone(trx, { escalation, act: "sign-off", period: one.lastPeriod }))
      return refused("It was signed off just now: what follows from that is being decided.");
    const { id: act } = await trx
      .insertInto("case_act")
      .values({ act: "sign-off", escalation, series: one.series, period: one.lastPeriod, note, by, at: now.toString() })
      .returning("id")
      .executeTakeFirstOrThrow();
    await answerRequests(trx, { kinds: ["case-sign-off"], escalations: [escalation] }, { by, now });
    await endReview(trx, escalation, now);
    await decideAnew(trx, one, now);
    const detail = { act, period: one.lastPeriod, note, ...(through === undefined ? {} : { through }) };
    await recordAudit(trx, {
      at: now,
      actor: by,
      action: "case-signed-off",
      subject: `escalation ${escalation}`,
      detail,
    });
    return { kind: "done", act };
  });
}

/** Says why a chair does not sign a case off for now: it stays held, and is looked at again by a day. */
export async function refuseSignOff(
  db: Kysely<Database>,
  escalation: number,
  { by, note, reviewOn, now, through }: Act & { readonly reviewOn: string },
): Promise<ActOutcome> {
  return db.transaction().execute(async (trx) => {
    const one = await holdCase(trx, escalation);
    const why = one === null ? "It stands no more." : notHeld(one);
    if (one === null || why !== null) return refused(why ?? "");
    await endReview(trx, escalation, now);
    const { id: act } = await trx
      .insertInto("sign_off_refusal")
      .values({ escalation, reason: note, review_on: reviewOn, by, at: now.toString() })
      .returning("id")
      .executeTakeFirstOrThrow();
    const open = await trx
      .selectFrom("request")
      .select("id")
      .where("kind", "=", "case-sign-off")
      .where("escalation", "=", escalation)
      .where("ended_at", "is", null)
      .execute();
    await moveDueDates(
      trx,
      open.map(({ id }) => ({ request: id, dueOn: reviewOn })),
      { reason: note, by, now },
    );
    const detail = { reason: note, reviewOn, ...(through === undefined ? {} : { through }) };
    const subject = `escalation ${escalation}`;
    await recordAudit(trx, { at: now, actor: by, action: "case-sign-off-refused", subject, detail });
    return { kind: "done", act };
  });
}

/** A refusal holds until the case is signed off, or refused anew. */
async function endReview(trx: Transaction<Database>, escalation: number, now: Temporal.Instant): Promise<void> {
  await sql`update sign_off_refusal set ended_at = ${now.toString()}
    where escalation = ${escalation} and ended_at is null`.execute(trx);
}

/** Why a case cannot be signed off now; null where it can, or where there is none. */
export async function maySignOff(db: Kysely<Database>, escalation: number): Promise<string | null> {
  const one = await readActedOn(db, escalation);
  return one === null ? null : whyNotSigned(db, one);
}

async function whyNotSigned(trx: Kysely<Database>, one: HeldCase): Promise<string | null> {
  const why = notHeld(one);
  if (why !== null) return why;
  const row = await trx.selectFrom("protocol").select("body").where("until", "is", null).executeTakeFirst();
  const rules = rulesFor(protocolSchema.parse(row?.body ?? {}), one.frequency);
  if (one.area === null || !needsEmbedding(rules, one.area)) return null;
  const left = (await notEmbedded(trx, [one.id])).get(one.id) ?? 0;
  if (left === 0) return null;
  const actions = left === 1 ? "1 action" : `${left} actions`;
  return `Its board asks that every action has become normal practice first: ${actions} of its plan ${left === 1 ? "has" : "have"} not.`;
}

function notHeld({ standing, lastEvent, lastRules }: HeldCase): string | null {
  if (!standing) return "It has ended.";
  if (lastEvent === "held" && lastRules.includes("sign-off")) return null;
  return "It is not held for a sign-off: its figure has not recovered for long enough, or its board asks for none.";
}
