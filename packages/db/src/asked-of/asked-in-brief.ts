import type { Frequency, Period } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import { stepPath } from "../steps/step-path.ts";
import type { Database, RequestKind } from "../tables.ts";
import { askedRows, type AskedWhat, type WhoIsAsked } from "./asked-rows.ts";

/** Something that one person is asked for, and by which day; null for what has no day. */
export interface AskedOne {
  readonly what: AskedWhat;
  /** "2026-12-08" */
  readonly dueOn: string | null;
  readonly metric: string | null;
  /** Of the case that it is about; null where it is about none. */
  readonly concern: "performance" | "reporting" | "several-areas" | null;
  readonly organisation: string | null;
  readonly period: Period | null;
  readonly frequency: Frequency | null;
  /** What a proposal is called, or a file; of an action the head of what is to be done. */
  readonly title: string | null;
  /** Where it is answered: a path of the web application. */
  readonly path: string;
}

export interface AskedInBrief {
  readonly total: number;
  readonly first: readonly AskedOne[];
}

interface Row extends Omit<AskedOne, "path"> {
  readonly id: number | null;
  readonly plan: number | null;
  readonly action: number | null;
  readonly metricCode: string | null;
  readonly of: string | null;
}

/** What is asked of a person and not done, the nearest day first: what is overdue stands first of all. */
export async function askedInBrief(db: Kysely<Database>, who: WhoIsAsked, limit: number): Promise<AskedInBrief> {
  const { rows } = await sql<{ total: number; first: Row[] }>`
    with asked as materialized (select * from ${askedRows(who, null)} x),
    first as (select * from asked order by due_on nulls last, id limit ${limit})
    select (select count(*) from asked)::int as total,
      (select coalesce(json_agg(b), '[]') from (
        select f.what, f.due_on as "dueOn", f.id, f.plan, f.action, f.metric as "metricCode", f.of, m.name as metric,
          coalesce(o.name, f.organisation) as organisation, f.period, coalesce(f.frequency, m.frequency) as frequency,
          coalesce(f.title, left(a.what, 120)) as title, e.concern
        from first f left join metric m on m.code = f.metric and m.until is null
        left join action a on a.id = f.action
        left join escalation e on e.id = f.id and f.key like 'request-%'
        left join organisation o on o.code = f.organisation and o.until is null
        order by f.due_on nulls last, f.id) b) as first`.execute(db);
  const [found] = rows;
  if (found === undefined) return { total: 0, first: [] };
  return { total: found.total, first: found.first.map(asAsked) };
}

function asAsked({ id, plan, action, metricCode, of, ...row }: Row): AskedOne {
  return { ...row, path: askedPath({ what: row.what, id, plan, action, metric: metricCode, of }) };
}

/** Where something that is asked is answered. */
export function askedPath({
  what,
  id,
  plan,
  action,
  metric,
  of,
}: {
  what: AskedWhat;
  id: number | null;
  plan: number | null;
  action: number | null;
  metric: string | null;
  of: string | null;
}): string {
  if (what === "sign-off") return `/submissions/${id}`;
  if (what === "limits" || what === "limits-back") return `/thresholds/proposals/${id}`;
  return stepPath({ kind: what satisfies RequestKind, escalation: id, plan, action, metric, organisation: of });
}
