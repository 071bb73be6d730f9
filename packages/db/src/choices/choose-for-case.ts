import { addWorkingDays, atTime, dayOf, nthWorkingDayAfter, rulesFor } from "@signalbox/domain";
import { type Kysely, sql, type Transaction } from "kysely";
import { casesInLetters } from "../action-plans/cases-in-letters.ts";
import { coverCase, uncoverCase } from "../action-plans/cover-case.ts";
import { findPlan } from "../action-plans/plans.ts";
import { firstChased } from "../actions/asking-dates.ts";
import { recordAudit } from "../audit.ts";
import { writeTellings } from "../evaluation/write-tellings.ts";
import { answerRequests, ask, withdrawRequests } from "../steps/ask.ts";
import { protocolInForce } from "../steps/protocol-in-force.ts";
import { whoLooks } from "../steps/keep-next-steps.ts";
import type { Database, RequestKind } from "../tables.ts";
import type { Choice } from "./case-choices.ts";

/** What is chosen, as it was read and checked: each with what it needs. */
export type Chosen =
  /** `dueOn` "2026-12-08"; null for the day that the protocol says. */
  | { readonly choice: "ask-plan"; readonly dueOn: string | null }
  | { readonly choice: "covered-by"; readonly plan: number }
  | { readonly choice: "accept-until" | "wait"; readonly until: string };

interface Choosing {
  readonly escalation: number;
  readonly chosen: Chosen;
  readonly reason: string;
  /** Who answers for the case: they are asked, or told that nothing is. */
  readonly owners: readonly string[];
  readonly by: string;
  readonly now: Temporal.Instant;
  readonly through?: string | undefined;
}

/** Why a choice was not taken: somebody was quicker. */
export type NotChosen = "ended" | "no-such-plan";

interface LockedCase {
  readonly id: number;
  readonly series: number | null;
  readonly organisation: string;
  readonly forum: string | null;
  readonly frequency: "monthly" | "quarterly";
  readonly tier: string;
  readonly period: number;
  readonly chairs: readonly string[];
}

/** Before work, London time, like every chaser. */
const MORNING = "08:00";
/** Within how many working days a plan is due where the protocol names no time. */
const PLAN_WITHIN = 10;
/** What a plan, once asked for, has open; all of it rests while its case does. */
const OF_A_PLAN: readonly RequestKind[] = ["action-plan", "acknowledgement"];

/**
 * Chooses for a case, in the place of what was chosen before, which stays in the history; its owner is asked or told once.
 * Returns null, or why it could not be. Ring `tell` once it is committed.
 */
export async function chooseForCase(db: Kysely<Database>, choosing: Choosing): Promise<NotChosen | null> {
  return db.transaction().execute(async (trx) => {
    const one = await lockCase(trx, choosing.escalation);
    if (one === null) return "ended";
    const { chosen, reason, by, now, through } = choosing;
    const plan = chosen.choice === "covered-by" ? await findPlan(trx, chosen.plan) : null;
    if (chosen.choice === "covered-by" && plan?.state !== "sent" && plan?.state !== "accepted") return "no-such-plan";
    await endChoices(trx, one, { by, now });
    const dueOn = chosen.choice === "ask-plan" ? await dueDay(trx, one, { dueOn: chosen.dueOn, now }) : null;
    const until = "until" in chosen ? chosen.until : (dueOn?.toString() ?? null);
    const { id } = await trx
      .insertInto("case_choice")
      .values({
        escalation: one.id,
        choice: chosen.choice,
        plan: plan?.id ?? null,
        until,
        reason,
        by,
        at: now.toString(),
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const detail = { choice: chosen.choice, plan: plan?.id ?? null, until, reason, through };
    await recordAudit(trx, { at: now, actor: by, action: "case-choice", subject: `escalation ${one.id}`, detail });
    if (dueOn !== null) await askForPlan(trx, one, { ...choosing, dueOn, id });
    else if (plan !== null) await cover(trx, one, { ...choosing, plan: plan.id, id });
    else if (until !== null) await rest(trx, one, { ...choosing, choice: chosen.choice, until, id });
    return null;
  });
}

async function lockCase(trx: Transaction<Database>, escalation: number): Promise<LockedCase | null> {
  const { rows } = await sql<LockedCase & { standing: boolean }>`
    select e.id, e.series, e.organisation, e.forum, e.frequency, e.tier, e.standing, ${whoLooks("e.forum")} as chairs,
      coalesce((select max(x.period) from escalation_event x where x.escalation = e.id and x.replaced_at is null), e.raised_in) as period
    from escalation e where e.id = ${escalation}::bigint for update of e`.execute(trx);
  const [row] = rows;
  return row?.standing === true ? row : null;
}

/** Ends what was chosen before: its case is no longer looked at on that day, and no longer covered by that plan. */
async function endChoices(
  trx: Transaction<Database>,
  { id: escalation }: LockedCase,
  { by, now }: Pick<Choosing, "by" | "now">,
): Promise<void> {
  // The database holds one at most that has not ended.
  const ended = await trx
    .updateTable("case_choice")
    .set({ ended_at: now.toString() })
    .where("escalation", "=", escalation)
    .where("ended_at", "is", null)
    .returning("plan")
    .executeTakeFirst();
  const plan = ended?.plan ?? null;
  if (plan !== null) await uncoverCase(trx, plan, escalation, { by, now });
  const { rows } = await sql<{ id: number }>`select id from request
    where escalation = ${escalation} and kind = 'review' and key like 'review:%:choice-%' and ended_at is null`.execute(
    trx,
  );
  await withdrawRequests(trx, { kinds: ["review"], ids: rows.map(({ id }) => id) }, now);
}

async function dueDay(
  trx: Transaction<Database>,
  { frequency, tier }: LockedCase,
  { dueOn, now }: { dueOn: string | null; now: Temporal.Instant },
): Promise<Temporal.PlainDate> {
  if (dueOn !== null) return Temporal.PlainDate.from(dueOn);
  const rules = rulesFor(await protocolInForce(trx), frequency);
  const within = rules.actionPlan?.[tier === "slt" ? "slt" : "board"]?.dueWorkingDays;
  return addWorkingDays(dayOf(now), within ?? PLAN_WITHIN);
}

interface Made extends Choosing {
  /** The choice's own number. */
  readonly id: number;
}

async function askForPlan(
  trx: Transaction<Database>,
  one: LockedCase,
  { id, dueOn, reason, owners, by, now }: Made & { readonly dueOn: Temporal.PlainDate },
): Promise<void> {
  const rules = rulesFor(await protocolInForce(trx), one.frequency);
  const letter = (await casesInLetters(trx, [one])).get(one.id);
  const asked = {
    ...about(one),
    kind: "action-plan" as const,
    key: `action-plan:${one.id}:choice-${id}`,
    recipients: owners.length > 0 ? owners : (letter?.owners ?? []),
    dueOn: dueOn.toString(),
    nextAt: firstChased(rules, dueOn, now),
    forum: one.forum,
    why: "Its chair asked for a plan",
    askedBy: by,
    detail: { ...letter?.detail, said: reason },
  };
  await ask(trx, [asked], now);
}

async function cover(
  trx: Transaction<Database>,
  one: LockedCase,
  { id, plan, reason, owners, by, now }: Made & { readonly plan: number },
): Promise<void> {
  await answerRequests(trx, { kinds: OF_A_PLAN, escalations: [one.id] }, { by, now });
  await coverCase(trx, plan, one.id, { reason, by, now });
  await tellOwners(trx, one, {
    id,
    reason,
    owners,
    by,
    now,
    headline: `Covered by action plan ${plan}: no plan of its own is asked for`,
  });
}

async function rest(
  trx: Transaction<Database>,
  one: LockedCase,
  { id, choice, until, reason, owners, by, now }: Made & { readonly choice: Choice; readonly until: string },
): Promise<void> {
  await withdrawRequests(trx, { kinds: OF_A_PLAN, escalations: [one.id] }, now);
  const day = Temporal.PlainDate.from(until);
  const review = {
    ...about(one),
    kind: "review" as const,
    key: `review:${one.id}:choice-${id}`,
    recipients: one.chairs,
    dueOn: until,
    nextAt: atTime(nthWorkingDayAfter(day, 1), MORNING),
    forum: one.forum,
    quiet: true,
    why: choice === "wait" ? "It was to wait a period" : "It was accepted until this day",
    askedBy: by,
    detail: {},
  };
  await ask(trx, [review], now);
  const said = choice === "wait" ? "The forum waits for the next figure" : "Accepted for now";
  await tellOwners(trx, one, {
    id,
    reason,
    owners,
    by,
    now,
    headline: `${said}: nothing is asked until ${inWords(day)}`,
  });
}

/** Tells the owners once what was chosen; never whoever chose it. */
async function tellOwners(
  trx: Transaction<Database>,
  one: LockedCase,
  {
    id,
    headline,
    reason,
    owners,
    by,
    now,
  }: Pick<Made, "id" | "reason" | "owners" | "by" | "now"> & { readonly headline: string },
): Promise<void> {
  const letter = (await casesInLetters(trx, [one])).get(one.id);
  const recipients = owners.length > 0 ? owners : (letter?.owners ?? []);
  if (recipients.length === 0) return;
  const telling = {
    ...about(one),
    kind: "follow-up",
    reason: "case-choice",
    event: null,
    submission: null,
    forums: [],
    recipients,
    tellAt: now,
    digest: null,
    causedBy: [],
    detail: { ...letter?.detail, headline, said: reason, except: [by] },
    key: `case-choice:${id}`,
  };
  await writeTellings(trx, [telling]);
}

function about({ id, series, organisation, period }: LockedCase) {
  return { escalation: id, series, organisation, period };
}

function inWords(day: Temporal.PlainDate): string {
  return day.toLocaleString("en-GB", { day: "numeric", month: "long", year: "numeric" });
}
