import { addWorkingDays, dayOf } from "@signalbox/domain";
import { sql, type Transaction } from "kysely";
import { firstChased } from "../actions/asking-dates.ts";
import { ask } from "../steps/ask.ts";
import type { Database } from "../tables.ts";
import { casesInLetters, rulesInForce } from "./cases-in-letters.ts";
import { type ActingOnPlan, type ActionPlan, type CaseOfActionPlan, everyCaseOf } from "./plans.ts";

/** Within how many working days a forum decides where the protocol names no time; then nobody is written to. */
const QUIETLY_WITHIN = 10;

/**
 * Asks the forums before which a plan's cases stand to decide the revision that was sent: one request a case, so that each
 * case has its next step, and one letter a forum. Of a case that is still shown to its owner alone the letter waits with it.
 */
export async function askForDecision(
  trx: Transaction<Database>,
  { plan, only }: { plan: Pick<ActionPlan, "id" | "revision">; only?: number },
  { by, now }: ActingOnPlan,
): Promise<void> {
  const cases = (await everyCaseOf(trx, plan.id, now)).filter(({ standing, id }) => standing && (only ?? id) === id);
  const [letters, rules] = [await casesInLetters(trx, cases), await rulesInForce(trx)];
  const written = new Set<string | null>();
  const asked = cases.map((one) => {
    const within = rules(one.frequency)?.followThrough?.[one.tier === "slt" ? "slt" : "board"]?.accepted;
    const dueOn = addWorkingDays(dayOf(now), within ?? QUIETLY_WITHIN);
    const quiet = within === undefined || only !== undefined || written.has(one.forum);
    written.add(one.forum);
    return {
      ...about(one),
      kind: "plan-decision" as const,
      key: `plan-decision:${plan.id}:${plan.revision}:${one.id}`,
      recipients: letters.get(one.id)?.deciders ?? [],
      dueOn: dueOn.toString(),
      nextAt: within === undefined ? null : firstChased(rules(one.frequency), dueOn, now),
      plan: plan.id,
      forum: one.forum,
      quiet,
      why: plan.revision === 1 ? "An action plan was sent" : `Revision ${plan.revision} of its action plan was sent`,
      askedBy: by,
      detail: { ...letters.get(one.id)?.detail, answerAt: `/action-plans/${plan.id}` },
    };
  });
  await ask(trx, asked, now);
  await sql`update telling t set tell_at = e.shown_at from escalation e
    where e.id = t.escalation and t.state = 'waiting' and e.shown_at > t.tell_at
      and t.key = any(${asked.map(({ key }) => `request:${key}`)}::text[])`.execute(trx);
}

/**
 * Asks the owners anew for the plan of each case that stands, with what is missing: one letter, and one request a case. `tag`
 * tells this asking from those before. Who took their own plan back (`sameDay`) has no more time than they had.
 */
export async function askForPlanAgain(
  trx: Transaction<Database>,
  {
    plan,
    cases,
    tag,
    why,
    said,
    owner,
    sameDay = false,
  }: {
    plan: number;
    cases: readonly CaseOfActionPlan[];
    tag: string;
    why: string;
    said: string | null;
    owner: string | null;
    sameDay?: boolean;
  },
  { by, now }: ActingOnPlan,
): Promise<void> {
  const standing = cases.filter((one) => one.standing);
  const [letters, rules] = [await casesInLetters(trx, standing), await rulesInForce(trx)];
  const today = dayOf(now);
  const days = sameDay ? await daysBefore(trx, standing) : new Map<number, Temporal.PlainDate>();
  await ask(
    trx,
    standing.flatMap((one, place) => {
      const within = rules(one.frequency)?.actionPlan?.[one.tier === "slt" ? "slt" : "board"]?.dueWorkingDays;
      const anew = addWorkingDays(today, within ?? QUIETLY_WITHIN);
      const before = days.get(one.id);
      const dueOn = before === undefined ? anew : earlierOf(anew, laterOf(before, today));
      const owners = new Set([...(letters.get(one.id)?.owners ?? []), ...(owner?.includes("@") ? [owner] : [])]);
      return [
        {
          ...about(one),
          kind: "action-plan" as const,
          key: `action-plan:${one.id}:plan-${plan}-${tag}`,
          recipients: [...owners],
          dueOn: dueOn.toString(),
          nextAt: within === undefined ? null : firstChased(rules(one.frequency), dueOn, now),
          plan,
          forum: one.forum,
          quiet: place > 0,
          why,
          askedBy: by,
          detail: {
            ...letters.get(one.id)?.detail,
            ...(said === null ? {} : { said, headline: "Action plan sent back" }),
            answerAt: `/action-plans/${plan}`,
          },
        },
      ];
    }),
    now,
  );
}

/** The day by which a plan was last asked for, by case. */
async function daysBefore(
  trx: Transaction<Database>,
  cases: readonly CaseOfActionPlan[],
): Promise<Map<number, Temporal.PlainDate>> {
  const { rows } = await sql<{ escalation: number; day: string }>`select distinct on (escalation) escalation,
      due_on::text as day from request where kind = 'action-plan'
      and escalation = any(${cases.map(({ id }) => id)}::bigint[]) order by escalation, id desc`.execute(trx);
  return new Map(rows.map(({ escalation, day }) => [escalation, Temporal.PlainDate.from(day)]));
}

const earlierOf = (one: Temporal.PlainDate, other: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(one, other) < 0 ? one : other;
const laterOf = (one: Temporal.PlainDate, other: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(one, other) > 0 ? one : other;

function about({ id, series, organisation, lastPeriod }: CaseOfActionPlan) {
  return { escalation: id, series, organisation, period: lastPeriod };
}
