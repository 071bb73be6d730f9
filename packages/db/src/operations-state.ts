import { type Kysely, sql } from "kysely";
import type { Database } from "./tables.ts";

/** Somebody who would be told, if there were anybody: what is missing in the catalogue, of what. */
export interface NobodyToTell {
  readonly what: "forum" | "submitter" | "operator";
  /** The forum's or organisation's name; of operators nothing. */
  readonly of: string;
  readonly code: string;
}

/** Where a notice would find nobody: forums without a member, providers that report without a submitter, no operator at all. */
export async function listNobodyToTell(db: Kysely<Database>): Promise<NobodyToTell[]> {
  const { rows } = await sql<NobodyToTell>`
    with recursive above (code, at) as (
      select distinct s.organisation, s.organisation from series s
        join organisation o on o.code = s.organisation and o.until is null and o.kind = 'provider' and o.closed is null
      union select a.code, o.parent from above a join organisation o on o.code = a.at and o.until is null
        where o.parent is not null)
    select 'operator' as what, '' as of, '' as code
      where not exists (select from person where until is null and role = 'operator')
    union all
    select 'forum', f.name, f.code from forum f where f.until is null and not exists (
      select from person p where p.until is null and p.forum = f.code and p.role in ('chair', 'member', 'secretary'))
    union all
    select 'submitter', o.name, o.code from organisation o
      where o.until is null and o.code in (select code from above) and not exists (
        select from above a join person p on p.organisation = a.at and p.until is null and p.role = 'submitter'
        where a.code = o.code)
    order by what, code`.execute(db);
  return rows;
}

/** How asking a source for its files goes. */
export interface SourceState {
  readonly name: string;
  readonly organisation: string;
  /** The last period whose file came, as a month; null for none. */
  readonly lastCame: number | null;
  readonly cameAt: Temporal.Instant | null;
  readonly askedAt: Temporal.Instant | null;
  readonly nextAt: Temporal.Instant | null;
  /** Periods that were given up, or whose file was rejected. */
  readonly failed: number;
}

/** Every source of the catalogue in force and what came of it. */
export async function listSources(db: Kysely<Database>): Promise<SourceState[]> {
  const { rows } = await sql<SourceState>`
    select s.name, o.name as organisation, max(p.period) filter (where p.came_at is not null) as "lastCame",
      max(p.came_at) as "cameAt", max(p.asked_at) as "askedAt", min(p.next_at) as "nextAt",
      count(*) filter (where p.failed_at is not null) as failed
    from source s
    left join organisation o on o.code = s.organisation and o.until is null
    left join source_period p on p.source = s.name
    where s.until is null group by s.name, o.name order by s.name`.execute(db);
  return rows;
}

/** When each service was last seen at work, by the machine's time. */
export async function servicesSeen(db: Kysely<Database>): Promise<ReadonlyMap<string, Temporal.Instant>> {
  const rows = await db.selectFrom("worker_seen").select(["service", "at"]).execute();
  return new Map(rows.map(({ service, at }) => [service, at]));
}
