import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";

/** A period of a source that is to be asked for now, and from where. */
export interface PeriodToAsk {
  readonly source: string;
  readonly period: number;
  readonly address: string;
  readonly lateAt: Temporal.Instant;
}

/**
 * Keeps a row for each period that is to be asked for, and asks for no other. A source that is new begins with the last of
 * its periods; one whose address changed is asked as if never before.
 */
export async function planAskings(
  db: Kysely<Database>,
  wanted: readonly PeriodToAsk[],
  now: Temporal.Instant,
): Promise<void> {
  const at = now.toString();
  await sql`
    with wanted as materialized (
      select * from unnest(${wanted.map(({ source }) => source)}::text[], ${wanted.map(({ period }) => period)}::int[],
        ${wanted.map(({ address }) => address)}::text[], ${wanted.map(({ lateAt }) => lateAt.toString())}::timestamptz[])
        as w (source, period, address, late_at)),
    first as (select source, min(period) as period from source_period group by source),
    latest as (select source, max(period) as period from wanted group by source),
    ended as (
      update source_period p set next_at = null
      where p.next_at is not null
        and not exists (select from wanted w where w.source = p.source and w.period = p.period))
    insert into source_period as p (source, period, address, late_at, next_at)
      select w.source, w.period, w.address, w.late_at, ${at}::timestamptz
      from wanted w join latest l on l.source = w.source left join first f on f.source = w.source
      where w.period >= coalesce(f.period, l.period)
        and not exists (select from source_period e where e.source = w.source and e.period = w.period
          and e.address = w.address and e.late_at = w.late_at and (e.next_at is not null or e.dismissed_at is not null))
      order by w.source, w.period
    on conflict (source, period) do update set
      address = excluded.address,
      late_at = excluded.late_at,
      next_at = case when p.address <> excluded.address then excluded.next_at else coalesce(p.next_at, excluded.next_at) end,
      failures = case when p.address <> excluded.address then 0 else p.failures end,
      failed_at = case when p.address = excluded.address then p.failed_at end,
      dismissed_at = null`.execute(db);
}

/** The periods whose file is to be asked for by now, longest due first; those that somebody is asking for are left out. */
export async function dueAskings(db: Kysely<Database>, now: Temporal.Instant, limit: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select id from source_period
    where next_at <= ${now.toString()}::timestamptz and ${notAsked} order by next_at, id limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

/** Nobody asks for it, or whoever did has died: no asking takes so long. */
export const notAsked = sql`(asking_at is null or asking_at < clock_timestamp() - interval '10 minutes')`;
