import { planBody } from "@signalbox/domain";
import { type Kysely, sql, type Transaction } from "kysely";
import { planAccepted } from "../actions/plan-accepted.ts";
import { recordAudit } from "../audit.ts";
import { writeTellings } from "../evaluation/write-tellings.ts";
import { answerRequests, withdrawRequests } from "../steps/ask.ts";
import type { Database } from "../tables.ts";
import { askForPlanAgain } from "./ask-for-decision.ts";
import { casesInLetters } from "./cases-in-letters.ts";
import { type ActingOnPlan, type ActionPlan, everyCaseOf, lockPlan, type PlanUnchanged } from "./plans.ts";
import { writeActions } from "./write-actions.ts";

/** What somebody of a forum makes of the revision that they saw; `behalf`: who decided, where `by` only writes it down. */
interface Deciding {
  readonly id: number;
  readonly revision: number;
  readonly note: string;
  readonly behalf?: string;
}

/** What became of a decision. `own`: nobody decides what they sent themselves. Ring `tell` once it is done. */
export type PlanDecided = { readonly kind: "done" } | { readonly kind: "own" } | PlanUnchanged;

interface Sent {
  readonly plan: ActionPlan;
  readonly body: unknown;
  readonly sentBy: string;
}

/** Accepts the revision that was seen: its actions begin, its path is the one that holds, and its owner hears of it. */
export async function acceptPlan(
  db: Kysely<Database>,
  { id, revision, note, behalf }: Deciding,
  { by, now }: ActingOnPlan,
): Promise<PlanDecided> {
  return db.transaction().execute(async (trx) => {
    const decider = behalf ?? by;
    const sent = await sentRevision(trx, id, revision);
    if ("kind" in sent) return sent;
    if (isSame(sent.sentBy, decider)) return { kind: "own" };
    await decide(trx, { id, revision, decision: "accepted", note }, { by: decider, now });
    await writeActions(trx, { plan: id, revision, body: planBody.parse(sent.body) });
    await answerRequests(trx, { kinds: ["plan-decision"], plans: [id] }, { by: decider, now });
    await recordAudit(trx, {
      at: now,
      actor: by,
      action: "plan-accepted",
      subject: `plan ${id}`,
      detail: { revision, note, ...(behalf === undefined ? {} : { decidedBy: behalf }) },
    });
    await planAccepted(trx, { plan: id, revision, note, by: decider, now });
    await tellOwner(trx, { sent, note }, { by: decider, now });
    return { kind: "done" };
  });
}

/** Sends the revision back with what is missing: it is written on from where it stood, and its owner is asked anew. */
export async function sendPlanBack(
  db: Kysely<Database>,
  { id, revision, note, behalf }: Deciding,
  { by, now }: ActingOnPlan,
): Promise<PlanDecided> {
  return db.transaction().execute(async (trx) => {
    const decider = behalf ?? by;
    const sent = await sentRevision(trx, id, revision);
    if ("kind" in sent) return sent;
    if (isSame(sent.sentBy, decider)) return { kind: "own" };
    await decide(trx, { id, revision, decision: "sent-back", note }, { by: decider, now });
    await takeUpAgain(trx, sent, { by: sent.sentBy, now });
    await answerRequests(trx, { kinds: ["plan-decision"], plans: [id] }, { by: decider, now });
    await recordAudit(trx, {
      at: now,
      actor: by,
      action: "plan-sent-back",
      subject: `plan ${id}`,
      detail: { revision, note, ...(behalf === undefined ? {} : { decidedBy: behalf }) },
    });
    const cases = await everyCaseOf(trx, id, now);
    const why = `Revision ${revision} of the plan was sent back: something is missing`;
    const anew = { plan: id, cases, tag: String(revision), why, said: note, owner: sent.sentBy };
    await askForPlanAgain(trx, anew, { by: decider, now });
    return { kind: "done" };
  });
}

/**
 * Takes back what was not accepted: the revision that waits, or the draft. A plan of which a revision was accepted stands as
 * that; of any other its cases ask for a plan anew, unless another plan answers them.
 */
export async function withdrawPlan(
  db: Kysely<Database>,
  { id, edition, note }: { id: number; edition: number; note: string },
  { by, now }: ActingOnPlan,
): Promise<PlanDecided> {
  return db.transaction().execute(async (trx) => {
    const held = await lockPlan(trx, id);
    if (held === null) return { kind: "gone" };
    const isOver = held.state === "withdrawn" || (held.state === "accepted" && held.draft === null);
    if (held.edition !== edition || isOver) return { kind: "stale", plan: held };
    if (held.state === "sent")
      await decide(trx, { id, revision: held.revision, decision: "withdrawn", note }, { by, now });
    const { rows } = await sql<{ had: boolean }>`select exists (select from action_plan_revision where plan = ${id}
      and decision = 'accepted') as had`.execute(trx);
    const stands = rows[0]?.had === true;
    await sql`update action_plan set state = ${stands ? "accepted" : "withdrawn"}, draft = null, edition = edition + 1
      where id = ${id}`.execute(trx);
    await withdrawRequests(trx, { kinds: ["plan-decision"], plans: [id] }, now);
    await recordAudit(trx, { at: now, actor: by, action: "plan-withdrawn", subject: `plan ${id}`, detail: { note } });
    // What was sent back is missed no more: what was accepted before stands.
    if (stands) await withdrawRequests(trx, { kinds: ["action-plan"], plans: [id] }, now);
    if (stands || held.state === "draft") return { kind: "done" };
    const cases = await unanswered(trx, id, now);
    const anew = {
      plan: id,
      cases,
      tag: "withdrawn",
      why: "Its plan was withdrawn",
      said: null,
      owner: held.madeBy,
      sameDay: true,
    };
    await askForPlanAgain(trx, anew, { by, now });
    return { kind: "done" };
  });
}

/** The plan's cases that no other plan answers. */
async function unanswered(trx: Transaction<Database>, plan: number, now: Temporal.Instant) {
  const { rows } = await sql<{ escalation: number }>`
    select mine.escalation from action_plan_case mine where mine.plan = ${plan} and mine.ended_at is null
      and not exists (select from action_plan_case c join action_plan p on p.id = c.plan
        where c.escalation = mine.escalation and c.plan <> mine.plan and c.ended_at is null
          and p.state in ('sent', 'accepted'))`.execute(trx);
  const left = new Set(rows.map(({ escalation }) => escalation));
  return (await everyCaseOf(trx, plan, now)).filter(({ id }) => left.has(id));
}

async function sentRevision(trx: Transaction<Database>, id: number, revision: number): Promise<Sent | PlanUnchanged> {
  const plan = await lockPlan(trx, id);
  if (plan === null) return { kind: "gone" };
  if (plan.state !== "sent" || plan.revision !== revision) return { kind: "stale", plan };
  const { body, sent_by: sentBy } = await trx
    .selectFrom("action_plan_revision")
    .select(["body", "sent_by"])
    .where("plan", "=", id)
    .where("revision", "=", revision)
    .executeTakeFirstOrThrow();
  return { plan, body, sentBy };
}

async function decide(
  trx: Transaction<Database>,
  { id, revision, decision, note }: Deciding & { decision: "accepted" | "sent-back" | "withdrawn" },
  { by, now }: ActingOnPlan,
): Promise<void> {
  await trx
    .updateTable("action_plan_revision")
    .set({ decision, decided_by: by, decided_at: now.toString(), note: note === "" ? null : note })
    .where("plan", "=", id)
    .where("revision", "=", revision)
    .execute();
  await trx.updateTable("action_plan").set({ state: decision }).where("id", "=", id).execute();
}

async function takeUpAgain(trx: Transaction<Database>, { plan, body }: Sent, { by, now }: ActingOnPlan) {
  await sql`update action_plan set draft = ${JSON.stringify(body)}::jsonb, edition = edition + 1, drafted_by = ${by},
    drafted_at = ${now.toString()} where id = ${plan.id}`.execute(trx);
}

/**
 * Who sent the plan, and who was asked for it, hear that it was accepted. Whoever is asked for an action of it hears so, with
 * what was said, in the letter that asks.
 */
async function tellOwner(
  trx: Transaction<Database>,
  { sent, note }: { sent: Sent; note: string },
  { by, now }: ActingOnPlan,
): Promise<void> {
  const { id, revision, organisation } = sent.plan;
  const [one] = await everyCaseOf(trx, id, now);
  if (one === undefined) return;
  const letter = (await casesInLetters(trx, [one])).get(one.id);
  const people = new Set([...(letter?.owners ?? []), ...(sent.sentBy.includes("@") ? [sent.sentBy] : [])]);
  await writeTellings(trx, [
    {
      kind: "follow-up",
      reason: "plan-accepted",
      escalation: one.id,
      event: null,
      submission: null,
      series: one.series,
      organisation,
      period: one.lastPeriod,
      forums: [],
      recipients: [...people],
      tellAt: now,
      digest: null,
      causedBy: [],
      detail: {
        ...letter?.detail,
        headline: "Action plan accepted",
        ...(note === "" ? {} : { said: note }),
        answerAt: `/action-plans/${id}`,
        except: [by, ...(await askedForActions(trx, id, now))],
      },
      key: `plan-accepted:${id}:${revision}`,
    },
  ]);
}

async function askedForActions(trx: Transaction<Database>, plan: number, now: Temporal.Instant): Promise<string[]> {
  const { rows } = await sql<{ who: string }>`select distinct unnest(recipients) as who from request
    where plan = ${plan} and kind = 'action' and ended_at is null and not quiet and asked_at = ${now.toString()}`.execute(
    trx,
  );
  return rows.map(({ who }) => who);
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
