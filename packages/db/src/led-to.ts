import { asPeriod, type Frequency, type Period } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import type { Database } from "./tables.ts";

/** A case that a submission raised, moved, ended or put right, as it came out last. */
export interface LedTo {
  readonly submission: number;
  readonly escalation: number;
  /** What the case is of: the metric's name, or what sort of case it is. */
  readonly title: string;
  readonly organisation: string;
  readonly event: "raised" | "stepped-up" | "stepped-down" | "resolved" | "withdrawn";
  readonly tier: "none" | "board" | "slt";
  readonly period: Period;
  readonly frequency: Frequency;
  readonly restated: boolean;
}

/**
 * What submissions led to, by submission, worst first: the moves of periods whose figure they gave, and the moves and
 * corrections that people are told because of them. To be asked once they are decided.
 */
export async function whatItLedTo(
  db: Kysely<Database>,
  submissions: readonly number[],
): Promise<ReadonlyMap<number, readonly LedTo[]>> {
  if (submissions.length === 0) return new Map();
  const ids = sql`${submissions}::bigint[]`;
  const { rows } = await sql<LedTo>`
    with moves as (
      select o.submission, v.escalation, v.period, v.event, v.tier, v.restated
      from observation o
      join escalation e on e.series = o.series and not e.withdrawn
      join escalation_event v on v.escalation = e.id and v.period = o.period and v.replaced_at is null
      join series_decision d on d.series = o.series
      -- What was decided before it came is not its doing, though its figure says the same.
      join submission came on came.id = o.submission and v.at >= came.received_at
      where o.submission = any(${ids})
        and d.submissions[(o.period - d.first_period) / (case e.frequency when 'quarterly' then 3 else 1 end) + 1] = o.submission
      union all
      -- What is told because of a submission is written after its receipt.
      select s.id, t.escalation, t.period, coalesce(v.event, t.detail ->> 'event'), coalesce(v.tier, t.detail ->> 'tier'),
        t.kind = 'correction' or v.restated
      from telling t cross join lateral unnest(t.caused_by) as s(id)
      left join escalation_event v on v.id = t.event
      where s.id = any(${ids}) and t.escalation is not null and t.state <> 'dropped' and t.kind in ('digest', 'correction')
        and t.id > (select min(r.id) from telling r where r.key = 'receipt:' || s.id)
        and (t.kind = 'correction' or v.replaced_at is null)),
    last as (
      select distinct on (submission, escalation) * from moves
      where event in ('raised', 'stepped-up', 'stepped-down', 'resolved', 'withdrawn')
      order by submission, escalation, period desc, restated desc)
    select l.submission, l.escalation, l.event, l.tier, l.period, e.frequency, coalesce(l.restated, false) as restated,
      coalesce(m.name, e.metric, case e.concern when 'reporting' then 'Missing returns' else 'Several areas' end) as title,
      coalesce(o.name, e.organisation) as organisation
    from last l join escalation e on e.id = l.escalation
    left join metric m on m.code = e.metric and m.until is null
    left join organisation o on o.code = e.organisation and o.until is null
    order by l.submission, array_position(array['raised', 'stepped-up', 'withdrawn', 'stepped-down', 'resolved'], l.event),
      l.tier = 'slt' desc, title, organisation, l.escalation`.execute(db);
  return Map.groupBy(
    rows.map((row) => ({ ...row, period: asPeriod(row.period) })),
    ({ submission }) => submission,
  );
}
