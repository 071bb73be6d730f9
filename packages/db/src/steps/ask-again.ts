import { addWorkingDays, dayOf, rulesFor, workingDaysBetween } from "@signalbox/domain";
import { sql, type Transaction } from "kysely";
import { askForActions } from "../actions/ask-for-actions.ts";
import { firstChased } from "../actions/asking-dates.ts";
import type { Database } from "../tables.ts";
import { ask, type ToAsk } from "./ask.ts";
import { protocolInForce } from "./protocol-in-force.ts";

/** The least that somebody who is asked again has, in working days, where the protocol names no level. */
const AT_LEAST = 5;

type EndedWithCase = Omit<ToAsk, "nextAt"> & {
  readonly id: number;
  readonly frequency: "monthly" | "quarterly";
  readonly endedAt: Temporal.Instant;
};

/**
 * Asks again for what had ended with cases that stand once more after a correction, unless the same is asked of them already: as
 * many working days are left as were, a level of them at the least. What their accepted plans ask is asked again as well.
 */
export async function askAgain(
  trx: Transaction<Database>,
  cases: readonly number[],
  now: Temporal.Instant,
): Promise<void> {
  if (cases.length === 0) return;
  const ended = await endedWithCases(trx, cases);
  const protocol = await protocolInForce(trx);
  const today = dayOf(now);
  await ask(
    trx,
    ended.map(({ id, frequency, endedAt, ...one }) => {
      const rules = rulesFor(protocol, frequency);
      const left = workingDaysBetween(dayOf(endedAt), Temporal.PlainDate.from(one.dueOn));
      const dueOn = addWorkingDays(today, Math.max(left, rules.reminders?.workingDaysPerLevel ?? AT_LEAST));
      return {
        ...one,
        key: `${one.key}:again-${id}`,
        dueOn: dueOn.toString(),
        nextAt: firstChased(rules, dueOn, now),
        why: "Its case stands again after a correction",
      };
    }),
    now,
  );
  await sql`update request set ended_with_case = false where escalation = any(${[...cases]}::bigint[]) and ended_with_case`.execute(
    trx,
  );
  const { rows: plans } = await sql<{ plan: number }>`select distinct plan from action_plan_case
    where escalation = any(${[...cases]}::bigint[]) and ended_at is null`.execute(trx);
  // A case that stands again has a plan or two.
  for (const { plan } of plans) await askForActions(trx, plan, { by: null, now });
}

/** What ended with cases, the last of each kind; what follows from figures, a sweep or a plan's actions is asked by those. */
async function endedWithCases(trx: Transaction<Database>, cases: readonly number[]): Promise<EndedWithCase[]> {
  const { rows } = await sql<EndedWithCase>`
    select distinct on (r.escalation, r.kind, r.plan, split_part(r.key, ':', 5)) r.id, r.kind, r.key, r.escalation, r.series,
      r.organisation, r.period, r.recipients, r.due_on as "dueOn", r.ended_at as "endedAt", r.plan, r.forum, r.quiet,
      e.frequency, coalesce(t.detail, jsonb_build_object('title', coalesce(m.name, 'A case'),
        'organisation', coalesce(o.name, r.organisation))) - array['except', 'seenBy'] as detail
    from request r join escalation e on e.id = r.escalation and e.standing
    left join telling t on t.escalation = r.escalation and (t.key = 'request:' || r.key or t.key like 'request:' || r.key || ' dropped %')
    left join metric m on m.code = e.metric and m.until is null
    left join organisation o on o.code = r.organisation and o.until is null
    where r.escalation = any(${[...cases]}::bigint[]) and r.ended_with_case
      and (r.kind in ('acknowledgement', 'action-plan', 'commentary', 'plan-decision', 'challenge')
        or r.kind = 'review' and r.key like 'review:%:choice-%')
      and not exists (select from request o where o.escalation = r.escalation and o.ended_at is null
        and (o.kind = r.kind and o.plan is not distinct from r.plan or o.kind = 'action-plan' and r.kind in ('action-plan', 'commentary')))
    order by r.escalation, r.kind, r.plan, split_part(r.key, ':', 5), r.id desc`.execute(trx);
  return rows.map((row) => ({ ...row, why: "" }));
}
