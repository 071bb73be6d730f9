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
    return sql`e.frequency = ${frequency} and stood.last >= ${at.from} and stood.last - e.raised_in >= ${at.lasts}`;
  };
  const { rows } = await sql<CaseWithoutRisk>`
    select e.id, e.concern, e.series, e.metric, e.organisation, e.area, e.forum, e.frequency, stood.events,
      (select count(*)::int from request q where q.escalation = e.id and q.kind = 'risk') as "askedBefore"
    from escalation e
    join lateral (select max(x.period) as last,
        json_agg(json_build_object('period', x.period, 'tier', x.tier) order by x.period) as events
      from escalation_event x where x.escalation = e.id and x.replaced_at is null) stood on true
    where e.standing and e.tier = 'slt' and not e.withdrawn
      and not exists (select from risk_case link where link.escalation = e.id and link.ended_at is null)
      and not exists (select from request q where q.escalation = e.id and q.kind = 'risk' and q.ended_at is null)
      and not exists (select from risk_declined d where d.escalation = e.id and ${declineHolds})
      and (${looked("monthly")} or ${looked("quarterly")})
    order by e.id`.execute(trx);
  return rows;
}

/** Asks no more for the risks of cases that have left the SLT; returns how many were asked. */
export async function withdrawRisksAskedFor(trx: Transaction<Database>, now: Temporal.Instant): Promise<number> {
  const { rows } = await sql<{ id: number }>`select q.id from request q join escalation e on e.id = q.escalation
    where q.kind = 'risk' and q.ended_at is null and (not e.standing or e.tier <> 'slt')`.execute(trx);
  if (rows.length === 0) return 0;
  return withdrawRequests(trx, { kinds: ["risk"], ids: rows.map(({ id }) => id) }, now);
}
