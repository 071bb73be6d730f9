import type { Frequency, Period, Tier } from "@signalbox/domain";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Database, EscalationTable } from "../tables.ts";
import { isVisible, type Visible } from "../visible-organisations.ts";

/** A case in a line; names in place of codes. */
export interface CaseInBrief {
  readonly id: number;
  readonly concern: EscalationTable["concern"];
  readonly tier: Tier;
  readonly frequency: Frequency;
  readonly raisedIn: Period;
  readonly organisation: string;
  readonly metric: string | null;
  readonly area: string | null;
}

/** The first few of many cases, and how many there are. */
export interface CasesInBrief {
  readonly total: number;
  readonly slt: number;
  /** Those that nobody has acknowledged. */
  readonly unacknowledged: number;
  readonly first: readonly CaseInBrief[];
}

/**
 * On a row `e` of `escalation`: shown by now, and before one of these forums or about its area. Not written with EXISTS, which
 * would be hashed: every event there is, for the few cases that ask for their own.
 */
export function beforeForums(forums: readonly string[], now: Temporal.Instant): RawBuilder<boolean> {
  return sql<boolean>`(e.shown_at <= ${now.toString()}::timestamptz and (e.forum = any(${forums}::text[])
    or e.area = any(${forums}::text[]) or (e.concern = 'several-areas' and coalesce((
      select bool_or(a.areas && ${forums}::text[]) from escalation_event a
      where a.escalation = e.id and a.replaced_at is null), false))))`;
}

/** Names of the organisation, metric and area of a case `e`, for the few that are shown. */
export const briefColumns = sql`e.id, e.concern, e.tier, e.frequency, e.raised_in as "raisedIn",
  coalesce((select o.name from organisation o where o.code = e.organisation and o.until is null), e.organisation) as organisation,
  (select m.name from metric m where m.code = e.metric and m.until is null) as metric,
  (select f.name from forum f where f.code = e.area and f.until is null) as area`;

/** What stands before these forums, the worst and the newest first; null where somebody sits on none. */
export async function standingBeforeForums(
  db: Kysely<Database>,
  { forums, now, limit }: { forums: readonly string[]; now: Temporal.Instant; limit: number },
): Promise<CasesInBrief | null> {
  return forums.length === 0 ? null : standing(db, beforeForums(forums, now), limit);
}

/** What stands of these organisations, but for what stands before these forums; null where there are none. */
export async function standingOfOrganisations(
  db: Kysely<Database>,
  {
    organisations,
    forums,
    now,
    limit,
  }: { organisations: Visible; forums: readonly string[]; now: Temporal.Instant; limit: number },
): Promise<CasesInBrief | null> {
  if (organisations?.length === 0) return null;
  const own = isVisible("e.organisation", organisations);
  const elsewhere = forums.length === 0 ? sql`true` : sql`not ${beforeForums(forums, now)}`;
  return standing(db, sql<boolean>`${own} and ${elsewhere}`, limit);
}

type Counts = Omit<CasesInBrief, "first">;

async function standing(db: Kysely<Database>, which: RawBuilder<boolean>, limit: number): Promise<CasesInBrief> {
  const { rows } = await sql<Counts & { first: CaseInBrief[] }>`
    with mine as materialized (select e.id, e.tier, e.raised_in from escalation e where e.standing and ${which}),
    first as (select id from mine order by tier = 'slt' desc, raised_in desc, id desc limit ${limit})
    select (select count(*) from mine) as total, (select count(*) from mine where tier = 'slt') as slt,
      (select count(*) from mine where not exists (
        select from acknowledgement a where a.escalation = mine.id and a.ended_at is null)) as unacknowledged,
      (select coalesce(json_agg(b), '[]') from (select ${briefColumns} from first join escalation e using (id)
        order by e.tier = 'slt' desc, e.raised_in desc, e.id desc) b) as first`.execute(db);
  return rows[0] ?? { total: 0, slt: 0, unacknowledged: 0, first: [] };
}
