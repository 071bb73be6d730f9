import { type Kysely, sql } from "kysely";
import type { Database, RequestKind } from "../tables.ts";

/** Something asked for long ago that nobody answered, and that has come into the summary of the SLT. */
export interface OverdueInSummary {
  readonly escalation: number | null;
  readonly kind: RequestKind;
  /** What it is about: a metric, or what the case is of. */
  readonly title: string;
  readonly organisation: string;
  /** "2026-12-08" */
  readonly dueOn: string;
  /** The SLT's code: of whom it is before. */
  readonly forum: string;
}

/** What stands in the SLT's summary, worst first: what is before the SLT, then what is overdue longest. */
export async function overdueInSummary(db: Kysely<Database>, now: Temporal.Instant): Promise<OverdueInSummary[]> {
  const { rows } = await sql<OverdueInSummary>`
    select r.escalation, r.kind, coalesce(m.name, case e.concern when 'reporting' then 'Missing returns'
        when 'several-areas' then 'In trouble in several areas' else 'A figure' end) as title,
      coalesce(o.name, r.organisation) as organisation, r.due_on as "dueOn", f.code as forum
    from request r
    join forum f on f.tier = 'slt' and f.until is null
    left join escalation e on e.id = r.escalation
    left join series s on s.id = r.series
    left join metric m on m.code = s.metric and m.until is null
    left join organisation o on o.code = r.organisation and o.until is null
    where r.stage = 'in-summary' and r.ended_at is null and (e.id is null or e.shown_at <= ${now.toString()})
    order by (e.tier = 'slt') desc nulls last, r.due_on, r.id`.execute(db);
  return rows;
}
