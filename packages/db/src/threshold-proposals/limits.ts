import { type Basis, type OrganisationKind } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";
import type { Sight } from "../sight.ts";

/** A limit as the page of limits lists it; months as periods, both included. */
export interface LimitListed {
  readonly id: number;
  readonly metric: string;
  readonly forum: string;
  readonly organisation: string | null;
  readonly level: OrganisationKind | null;
  readonly basis: Basis;
  readonly board: number | null;
  readonly slt: number | null;
  readonly from: number;
  readonly to: number | null;
  readonly status: "draft" | "approved";
  readonly approvedOn: string | null;
  readonly minute: string | null;
  readonly proposal: number | null;
  readonly keptByWeb: boolean;
}

export interface LimitFilter {
  readonly forum?: string | undefined;
  readonly metric?: string | undefined;
  readonly organisation?: string | undefined;
  readonly status?: "draft" | "approved" | undefined;
}

/**
 * The limits in force in the catalogue that somebody may see, in order of board, metric and whose they are: those of metrics
 * they see figures of. Limits of another organisation alone are left out for whoever does not see it.
 */
export async function listLimits(
  db: Kysely<Database>,
  sight: Sight,
  filter: LimitFilter,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ readonly rows: readonly LimitListed[]; readonly total: number }> {
  const { forum = null, metric = null, organisation = null, status = null } = filter;
  const { organisations, forums, levels } = sight;
  const { rows } = await sql<
    LimitListed & { total: number }
  >`select t.id, t.metric, m.area as forum, t.organisation, t.level,
      t.basis, t.board, t.slt, t.from_period as "from", t.to_period as "to", t.status, t.approved_on as "approvedOn", t.minute,
      t.proposal, t.kept_by_web as "keptByWeb", count(*) over ()::int as total
    from threshold t join metric m on m.code = t.metric and m.until is null
      left join organisation o on o.code = t.organisation and o.until is null
    where t.until is null
      and (${forum}::text is null or m.area = ${forum}) and (${metric}::text is null or t.metric = ${metric})
      and (${status}::text is null or t.status = ${status})
      and (${organisation}::text is null or t.organisation = ${organisation} or (t.organisation is null
        and (t.level is null or t.level = (select kind from organisation where code = ${organisation} and until is null))))
      and (${organisations}::text[] is null
        or (m.area = any(${forums}::text[]) and (t.organisation is null or o.kind = any(${levels}::text[])))
        or t.organisation = any(${organisations}::text[])
        or (t.organisation is null and exists (select from series s where s.metric = t.metric
          and s.organisation = any(${organisations}::text[]))))
    order by m.area, m.name, t.metric, t.organisation nulls first, t.level nulls first, t.from_period desc, t.status
    offset ${offset} limit ${limit}`.execute(db);
  return { rows, total: rows[0]?.total ?? 0 };
}
