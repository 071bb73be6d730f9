import { addWorkingDays, dayOf, nameOfPeriod, type Frequency, asPeriod } from "@signalbox/domain";
import { sql, type Transaction } from "kysely";
import { casesInLetters } from "../action-plans/cases-in-letters.ts";
import { firstChased } from "../actions/asking-dates.ts";
import { figuresInLetters } from "../actions/figures-in-letters.ts";
import type { PlanAround } from "../actions/plan-around.ts";
import { ask } from "../steps/ask.ts";
import type { Database } from "../tables.ts";
import { notEmbedded } from "./not-embedded.ts";

/** Within how many working days a chair is to sign a case off, or to say why not. */
export const WORKING_DAYS_TO_SIGN = 5;

interface HeldCase {
  readonly id: number;
  readonly series: number | null;
  readonly organisation: string;
  readonly organisationName: string;
  readonly title: string;
  readonly area: string;
  readonly areaName: string;
  readonly tier: string;
  readonly frequency: Frequency;
  readonly period: number;
  readonly signers: readonly string[];
}

/**
 * Once a plan's actions are embedded, asks the chairs of those of its cases that are held for a signature: before, a chair of
 * a board that asks for it could not have signed. Who embedded it last is not told of their own doing.
 */
export async function askOnceEmbedded(
  trx: Transaction<Database>,
  { plan, rules }: Pick<PlanAround, "plan" | "rules">,
  { by, now }: { by: string; now: Temporal.Instant },
): Promise<void> {
  const held = await heldCasesOf(trx, plan);
  const left = await notEmbedded(
    trx,
    held.map(({ id }) => id),
  );
  const letters = await casesInLetters(trx, held);
  const figures = await figuresInLetters(trx, held);
  const day = addWorkingDays(dayOf(now), WORKING_DAYS_TO_SIGN);
  await ask(
    trx,
    held
      .filter(({ id }) => !left.has(id))
      .map((one) => ({
        kind: "case-sign-off",
        key: `case-sign-off:${one.id}:${one.period}:embedded`,
        escalation: one.id,
        series: one.series,
        organisation: one.organisation,
        period: one.period,
        recipients: one.signers,
        dueOn: day.toString(),
        nextAt: firstChased(rules, day, now),
        forum: one.area,
        why: "The figure has recovered, and every action of its plan has become normal practice",
        askedBy: by,
        detail: {
          ...factsOf(letters.get(one.id)?.detail),
          ...figures.get(one.id),
          title: one.title,
          organisation: one.organisationName,
          area: one.areaName,
          tier: one.tier,
          periodName: nameOfPeriod(asPeriod(one.period), one.frequency),
          restated: false,
          answerAt: `/escalations/${one.id}/sign-off`,
        },
      })),
    now,
  );
}

/** What was told of a case, but for the figure that it was told of. */
function factsOf(detail: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const { value: _value, plan: _plan, rag: _rag, ...facts } = detail;
  return facts;
}

async function heldCasesOf(trx: Transaction<Database>, plan: number): Promise<HeldCase[]> {
  const { rows } = await sql<HeldCase>`
    select e.id, e.series, e.organisation, coalesce(o.name, e.organisation) as "organisationName",
      coalesce(m.name, 'A case') as title, e.area, coalesce(f.name, e.area) as "areaName", e.tier, e.frequency, last.period,
      coalesce(nullif(${chairsOf(sql`e.area`)}, '{}'), ${chairsOf(sql`(select code from forum where tier = 'slt' and until is null)`)}) as signers
    from action_plan_case c
    join escalation e on e.id = c.escalation and e.standing and e.area is not null
    join lateral (select period, event, reasons from escalation_event x where x.escalation = e.id and x.replaced_at is null
      order by period desc limit 1) last on last.event = 'held' and last.reasons @> '[{"rule": "sign-off"}]'
    left join organisation o on o.code = e.organisation and o.until is null
    left join metric m on m.code = e.metric and m.until is null
    left join forum f on f.code = e.area and f.until is null
    where c.plan = ${plan} and c.ended_at is null
      and not exists (select from request r where r.escalation = e.id and r.kind = 'case-sign-off' and r.ended_at is null)
    order by e.id`.execute(trx);
  return rows;
}

const chairsOf = (forum: ReturnType<typeof sql>) =>
  sql`array(select distinct lower(p.email) from person p where p.role = 'chair' and p.until is null and p.forum = ${forum})`;
