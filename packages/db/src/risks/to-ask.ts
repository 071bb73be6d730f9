import type { Frequency, StoodIn } from "@signalbox/domain";
import { sql, type Transaction } from "kysely";
import { withdrawRequests } from "../steps/ask.ts";
import type { Database } from "../tables.ts";
import { declineHolds } from "./case-risk.ts";

/** A case before the SLT that names no risk, of which none is asked for, and that nobody said has none. */
export interface CaseWithoutRisk {
  readonly id: number;
  readonly concern: "performance" | "reporting" | "several-areas";
  readonly series: number | null;
  readonly metric: string | null;
  readonly organisation: string;
  readonly area: string | null;
  readonly forum: string | null;
  readonly frequency: Frequency;
  /** What stands of it, in order of period. */
  readonly events: readonly StoodIn[];
  /** How often it was asked before: it left the SLT meanwhile, or its risk was closed. */
  readonly askedBefore: number;
}

/** The least that a case of each frequency has to have gone through to be looked at. */
export interface LookedAt {
  /** The last event is of this period or later. */
  readonly from: number;
  /** Between the period that raised it and its last event. */
  readonly lasts: number;
}

/** Cases that may have to ask for their risk; `since` by frequency, null where the protocol asks for none. */
export async function casesWithoutRisk(
  trx: Transaction<Database>,
  since: Readonly<Record<Frequency, LookedAt | null>>,
): Promise<CaseWithoutRisk[]> {
  const looked = (frequency: Frequency) => {
    const at = since[frequency];
    if (at === null) return sql`false`;
    return sql`frequency = ${frequency} and last >= ${at.from} and last - raised_in >= ${at.lasts}`;
  };
  // Each "not in" is looked up in a set that is made once; what most cases have been asked for is passed over first.
  const { rows } = await sql<CaseWithoutRisk>`
    with without as materialized (
      select e.id, e.concern, e.series, e.metric, e.organisation, e.area, e.forum, e.frequency, e.raised_in,
        (select max(x.period) from escalation_event x where x.escalation = e.id and x.replaced_at is null) as last
      from escalation e
      where e.standing and e.tier = 'slt' and not e.withdrawn
        and e.id not in (select link.escalation from risk_case link where link.ended_at is null)
        and e.id not in (select q.escalation from request q
          where q.kind = 'risk' and q.ended_at is null and q.escalation is not null)
        and e.id not in (select d.escalation from risk_declined d where ${declineHolds}))
    select w.id, w.concern, w.series, w.metric, w.organisation, w.area, w.forum, w.frequency,
      (select json_agg(json_build_object('period', x.period, 'tier', x.tier) order by x.period)
        from escalation_event x where x.escalation = w.id and x.replaced_at is null) as events,
      (select count(*)::int from request q where q.escalation = w.id and q.kind = 'risk') as "askedBefore"
    from without w where ${looked("monthly")} or ${looked("quarterly")} order by w.id`.execute(trx);
  return rows;
}

/** Asks no more for the risks of cases that have left the SLT; returns how many were asked. */
export async function withdrawRisksAskedFor(trx: Transaction<Database>, now: Temporal.Instant): Promise<number> {
  const { rows } = await sql<{ id: number }>`select q.id from request q join escalation e on e.id = q.escalation
    where q.kind = 'risk' and q.ended_at is null and (not e.standing or e.tier <> 'slt')`.execute(trx);
  if (rows.length === 0) return 0;
  return withdrawRequests(trx, { kinds: ["risk"], ids: rows.map(({ id }) => id) }, now);
}
