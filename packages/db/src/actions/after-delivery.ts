import { addWorkingDays, dayOf } from "@signalbox/domain";
import { sql, type Transaction } from "kysely";
import { askOnceEmbedded } from "../case-acts/ask-once-embedded.ts";
import { answerRequests, ask, withdrawRequests } from "../steps/ask.ts";
import type { Database } from "../tables.ts";
import { firstChased } from "./asking-dates.ts";
import { endEffectChecks, planEffectChecks } from "./plan-effect-checks.ts";
import { answerable, embeddedWithin, plansAround } from "./plan-around.ts";

interface HowFar {
  readonly actions: number;
  readonly delivered: number;
  readonly embedded: number;
  /** The day of the last delivery, and the last day on which one was due. */
  readonly deliveredOn: string | null;
  readonly lastDueOn: string | null;
  /** Tells one round of deliveries from another. */
  readonly round: number;
  /** Who said so last, of delivery and of embedding. */
  readonly deliveredBy: string | null;
  readonly embeddedBy: string | null;
  /** Whether it is asked already whether they are embedded. */
  readonly isAsked: boolean;
}

/**
 * What follows once something of a plan's actions was said: when all are delivered, whoever answers for the plan is asked
 * whether they have become normal practice, and it is planned when to look whether the figures moved. Where one is taken back as
 * not done, so is that.
 */
export async function afterDelivery(trx: Transaction<Database>, plan: number, now: Temporal.Instant): Promise<void> {
  const { actions, delivered, embedded, deliveredOn, lastDueOn, round, isAsked, ...said } = await howFar(trx, plan);
  if (actions === 0 || delivered < actions || deliveredOn === null || lastDueOn === null) {
    await withdrawRequests(trx, { kinds: ["embedding", "challenge"], plans: [plan] }, now);
    return endEffectChecks(trx, plan, now);
  }
  const around = (await plansAround(trx, [plan])).get(plan);
  if (around === undefined) return;
  await planEffectChecks(trx, { around, deliveredOn, lastDueOn }, now);
  if (embedded === actions) {
    await answerRequests(trx, { kinds: ["embedding"], plans: [plan] }, { by: said.embeddedBy ?? "", now });
    await askOnceEmbedded(trx, around, { by: said.embeddedBy ?? "", now });
    return;
  }
  const within = embeddedWithin(around);
  if (within === undefined || isAsked) return;
  const dueOn = addWorkingDays(Temporal.PlainDate.from(deliveredOn), within);
  const today = addWorkingDays(dayOf(now), 0);
  // Delivered long ago and said only now: nobody is asked for something by a day that has passed.
  const day = Temporal.PlainDate.compare(dueOn, today) < 0 ? today : dueOn;
  await ask(
    trx,
    [
      {
        kind: "embedding",
        key: `embedding:${plan}:${around.revision}:${round}`,
        escalation: around.escalation,
        series: around.series,
        organisation: around.organisation,
        period: around.period,
        recipients: answerable(around),
        dueOn: day.toString(),
        nextAt: firstChased(around.rules, day, now),
        plan,
        forum: around.forum,
        why: actions === 1 ? "The action of its plan is done" : `All ${actions} actions of its plan are done`,
        askedBy: said.deliveredBy,
        detail: { title: around.title, organisation: around.organisationName, answerAt: `/actions/of-plan/${plan}` },
      },
    ],
    now,
  );
}

async function howFar(trx: Transaction<Database>, plan: number): Promise<HowFar> {
  const { rows } = await sql<HowFar>`
    select count(*)::int as actions,
      (count(*) filter (where d.rating = 'complete'))::int as delivered,
      (count(*) filter (where d.rating = 'complete' and e.rating = 'complete'))::int as embedded,
      max(d.done_on) filter (where d.rating = 'complete') as "deliveredOn", max(a.due_on) as "lastDueOn",
      coalesce(max(d.id), 0) as round,
      (array_agg(d.by order by d.id desc nulls last))[1] as "deliveredBy",
      (array_agg(e.by order by e.id desc nulls last))[1] as "embeddedBy",
      exists (select from request r where r.plan = ${plan} and r.kind = 'embedding' and r.ended_at is null) as "isAsked"
    from action a
    left join lateral (select id, rating, done_on, by from action_rating where action = a.id and aspect = 'delivery'
      order by id desc limit 1) d on true
    left join lateral (select id, rating, by from action_rating where action = a.id and aspect = 'embedding'
      order by id desc limit 1) e on true
    where a.plan = ${plan} and a.dropped_in is null`.execute(trx);
  const [found] = rows;
  if (found === undefined) throw new Error(`Nothing was counted of plan ${plan}.`);
  return found;
}
