import type { Accumulates, Frequency, Period, Unit } from "@signalbox/domain";
import { type Kysely, sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";

/** A figure that is to be looked at: has it moved since the actions were done? Locked by whoever looks. */
export interface DueEffectCheck {
  readonly id: number;
  readonly plan: number;
  readonly revision: number;
  readonly escalation: number;
  readonly series: number;
  /** Whether the case still stands; of one that has ended nobody is asked. */
  readonly standing: boolean;
  /** Whether its figure is better than the case stands, and waits to step down: then it has moved, whatever SPC says. */
  readonly isHeld: boolean;
  readonly deliveredOn: string;
  readonly judgedIn: Period;
  readonly outcome: "moved" | "not-moved" | null;
  readonly frequency: Frequency;
  /** Tells one decision of the whole series from another. */
  readonly figures: string;
  readonly unit: Unit;
  readonly accumulates: Accumulates;
  /** What the accepted path says of the period judged in, in the metric's unit; null where it says nothing. */
  readonly promised: number | null;
}

/**
 * Locks checks whose moment has come by `now`, and those that were judged by figures which have changed since; at most `limit`,
 * another's are passed over. A series that is being decided is left until it is.
 */
export async function lockDueEffectChecks(
  trx: Transaction<Database>,
  now: Temporal.Instant,
  limit: number,
): Promise<DueEffectCheck[]> {
  const { rows } = await sql<DueEffectCheck>`
    select c.id, c.plan, c.revision, c.escalation, c.series, e.standing,
      coalesce((select x.event = 'held' from escalation_event x where x.escalation = e.id and x.replaced_at is null
        order by x.period desc limit 1), false) as "isHeld",
      c.delivered_on as "deliveredOn",
      c.judged_in as "judgedIn", c.outcome, e.frequency, coalesce(d.digest, '') as figures, m.unit,
      coalesce(m.accumulates, 'none') as accumulates,
      (select p.value from action_plan_path p where p.plan = c.plan and p.revision = c.revision and p.series = c.series
        and p.period <= c.judged_in order by p.period desc limit 1) as promised
    from effect_check c join escalation e on e.id = c.escalation
    join series s on s.id = c.series join metric m on m.code = s.metric and m.until is null
    left join series_decision d on d.series = c.series left join series_state st on st.series = c.series
    where c.ended_at is null and not (coalesce(st.due, false) and st.failed_at is null)
      and (c.next_at <= ${now.toString()}
        or c.outcome is not null and e.standing and c.figures is distinct from coalesce(d.digest, ''))
    order by c.id limit ${limit} for update of c skip locked`.execute(trx);
  return rows;
}

/** What was found of a check, in words: "4 months since delivery, no special cause of improvement". */
export interface EffectFound {
  readonly check: DueEffectCheck;
  readonly outcome: "moved" | "not-moved" | null;
  readonly said: string;
}

/** Keeps what was found; one whose case has ended is looked at no more. */
export async function keepEffects(
  trx: Transaction<Database>,
  found: readonly EffectFound[],
  now: Temporal.Instant,
): Promise<void> {
  await sql`update effect_check c set next_at = null, outcome = v.outcome, said = v.said, figures = v.figures,
      judged_at = ${now.toString()}, ended_at = case when v.outcome is null then ${now.toString()}::timestamptz end
    from unnest(${found.map(({ check }) => check.id)}::bigint[], ${found.map(({ outcome }) => outcome)}::text[],
      ${found.map(({ said }) => said)}::text[], ${found.map(({ check }) => check.figures)}::text[]) as v (id, outcome, said, figures)
    where c.id = v.id`.execute(trx);
}

/** Whether the figure of a case moved once the actions of its plan were done, as it was judged last or is yet to be. */
export interface EffectOfCase {
  readonly plan: number;
  readonly revision: number;
  readonly deliveredOn: string;
  readonly judgedIn: Period;
  readonly outcome: "moved" | "not-moved" | null;
  readonly said: string;
  readonly judgedAt: Temporal.Instant | null;
}

/** The effects of a case's plans that are looked at, the latest first. */
export async function effectsOfCase(db: Kysely<Database>, escalation: number): Promise<EffectOfCase[]> {
  const { rows } = await sql<EffectOfCase>`
    select plan, revision, delivered_on as "deliveredOn", judged_in as "judgedIn", outcome, said, judged_at as "judgedAt"
    from effect_check where escalation = ${escalation}::bigint and ended_at is null order by id desc`.execute(db);
  return rows;
}
