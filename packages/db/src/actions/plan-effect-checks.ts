import { asPeriod, type Frequency, judgedIn, nextWorkingMoment, submissionDayPassesAt } from "@signalbox/domain";
import { sql, type Transaction } from "kysely";
import { promisedBy } from "../action-plans/expected.ts";
import type { Database } from "../tables.ts";
import type { PlanAround } from "./plan-around.ts";

/** Nobody is written to before work, London time. */
const MORNING = "08:00";
/** How many working days after its end a period's figures are owed where nothing says. */
const DUE_WORKING_DAY = 10;

interface CaseOfSeries {
  readonly id: number;
  readonly frequency: Frequency;
  readonly dueWorkingDay: number | null;
}

/**
 * Plans when to look whether the figures of a plan's cases have moved: the morning after the figures of the last promised period
 * are owed, later by as much as the actions were. One look a case and revision; one that is planned already stays.
 */
export async function planEffectChecks(
  trx: Transaction<Database>,
  { around, deliveredOn, lastDueOn }: { around: PlanAround; deliveredOn: string; lastDueOn: string },
  now: Temporal.Instant,
): Promise<void> {
  const { plan, revision, rules } = around;
  await sql`update effect_check set ended_at = ${now.toString()}, next_at = null
    where plan = ${plan} and ended_at is null and (revision <> ${revision} or delivered_on <> ${deliveredOn}::date)`.execute(
    trx,
  );
  const { rows: cases } = await sql<CaseOfSeries>`
    select e.id, e.frequency, m.due_working_day as "dueWorkingDay" from action_plan_case pc
    join escalation e on e.id = pc.escalation and e.standing
    left join metric m on m.code = e.metric and m.until is null
    where pc.plan = ${plan} and pc.ended_at is null`.execute(trx);
  const promised = await promisedBy(
    trx,
    cases.map(({ id }) => id),
  );
  const checks = cases.flatMap(({ id, frequency, dueWorkingDay }) => {
    const promise = promised.get(id);
    if (promise === undefined || promise.plan !== plan) return [];
    const days = { lastDueOn: Temporal.PlainDate.from(lastDueOn), deliveredOn: Temporal.PlainDate.from(deliveredOn) };
    const period = judgedIn({ by: asPeriod(promise.by), ...days }, frequency);
    const owed = dueWorkingDay ?? rules?.submission.dueWorkingDay ?? DUE_WORKING_DAY;
    const passes = submissionDayPassesAt(period, frequency, owed);
    return [{ escalation: id, series: promise.series, judged: period, next: nextWorkingMoment(passes, MORNING) }];
  });
  await sql`insert into effect_check (plan, revision, escalation, series, delivered_on, judged_in, next_at, made_at)
    select ${plan}, ${revision}, v.escalation, v.series, ${deliveredOn}::date, v.judged, v.next_at, ${now.toString()}
    from unnest(${checks.map(({ escalation }) => escalation)}::bigint[], ${checks.map(({ series }) => series)}::int[],
      ${checks.map(({ judged }) => judged)}::int[], ${checks.map(({ next }) => next.toString())}::timestamptz[])
      as v (escalation, series, judged, next_at)
    on conflict (plan, revision, escalation) where ended_at is null do nothing`.execute(trx);
}

/** Nothing is looked at any more of a plan whose actions are not all done. */
export async function endEffectChecks(trx: Transaction<Database>, plan: number, now: Temporal.Instant): Promise<void> {
  await sql`update effect_check set ended_at = ${now.toString()}, next_at = null
    where plan = ${plan} and ended_at is null`.execute(trx);
}
