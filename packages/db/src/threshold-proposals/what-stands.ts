import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";

/** A case that moved because limits were approved, as far as its forums may see it. */
export interface MovedByLimits {
  readonly proposal: number;
  readonly escalation: number;
  readonly title: string;
  readonly organisation: string;
  readonly tier: "none" | "board" | "slt";
  readonly isWithdrawn: boolean;
}

/**
 * The cases that the version of the catalogue moved with which some proposals were approved: of those whose limits they are, those
 * whose last event it decided, and those it left without any. Cases still held back from their forums are left out.
 */
export async function movedByLimits(
  db: Kysely<Database>,
  proposals: readonly number[],
  now: Temporal.Instant,
): Promise<MovedByLimits[]> {
  if (proposals.length === 0) return [];
  const { rows } = await sql<MovedByLimits>`
    with concerned as (
      select distinct p.id, p.version, p.decided_at, r.metric, r.organisation, r.level from threshold_proposal p
        join threshold_proposal_row r on r.proposal = p.id and r.revision = p.revision
      where p.id = any(${proposals}) and p.version is not null)
    select distinct c.id as proposal, e.id as escalation, m.name as title, coalesce(o.name, e.organisation) as organisation, e.tier,
      e.withdrawn as "isWithdrawn"
    from concerned c
    join escalation e on e.metric = c.metric and e.concern = 'performance' and e.shown_at <= ${now.toString()}
    join metric m on m.code = e.metric and m.until is null
    left join organisation o on o.code = e.organisation and o.until is null
    where (c.organisation is null or c.organisation = e.organisation) and (c.level is null or c.level = o.kind) and (exists (select from escalation_event x join evaluation v on v.id = x.evaluation
        where x.escalation = e.id and x.replaced_at is null and v.catalogue_version = c.version
          and x.period = (select max(period) from escalation_event y where y.escalation = e.id and y.replaced_at is null))
      or (e.withdrawn and exists (select from escalation_event x where x.escalation = e.id and x.replaced_at is not null)
        and not exists (select from escalation_event x where x.escalation = e.id and x.replaced_at is null)
        and (select max(x.replaced_at) from escalation_event x where x.escalation = e.id) >= c.decided_at))
    order by tier desc, title, organisation, escalation`.execute(db);
  return rows;
}
