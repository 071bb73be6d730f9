import type { Basis, Period, Tier } from "@signalbox/domain";
import { type Kysely, type Selectable, sql } from "kysely";
import { caseSeen, seriesSeen, type Sight } from "./sight.ts";
import type { Database, RequestTable } from "./tables.ts";

/** A row of the catalogue in force that may rate a series, whatever its dates. */
export interface LimitOfSeries {
  readonly id: number;
  readonly organisation: string | null;
  readonly level: string | null;
  readonly basis: Basis;
  readonly board: number | null;
  readonly slt: number | null;
  readonly from: Period;
  readonly to: Period | null;
  readonly status: "draft" | "approved";
  readonly approvedOn: string | null;
  readonly minute: string | null;
}

/** The rows that concern a series by organisation or level, earliest first; which is in force is `thresholdInForce`'s to say. */
export async function limitsOfSeries(
  db: Kysely<Database>,
  { metric, organisation, kind }: { metric: string; organisation: string; kind: string },
): Promise<LimitOfSeries[]> {
  const { rows } = await sql<LimitOfSeries>`
    select id, organisation, level, basis, board, slt, from_period as "from", to_period as "to", status,
      approved_on as "approvedOn", minute
    from threshold where metric = ${metric} and until is null
      and (organisation = ${organisation} or organisation is null and (level is null or level = ${kind}))
    order by from_period, id`.execute(db);
  return rows;
}

/** What stands beside a series: its cases that are seen, what was asked of its people, and its series above and below. */
export interface SeriesAround {
  readonly cases: readonly {
    readonly id: number;
    readonly tier: Tier;
    readonly forum: string | null;
    readonly raisedIn: Period;
    readonly endedIn: Period | null;
    readonly standing: boolean;
  }[];
  readonly commentaries: readonly {
    readonly period: Period;
    readonly stage: Selectable<RequestTable>["stage"];
    readonly dueOn: string;
  }[];
  /** The last words that were saved of each period. */
  readonly written: readonly { readonly period: Period; readonly words: string; readonly by: string }[];
  /** Codes of organisations directly below that are seen and have a series of this metric, in order of name. */
  readonly below: readonly string[];
  /** The same of the organisation directly above; null for none. */
  readonly above: string | null;
}

const MOST_CASES = 50;
const MOST_BELOW = 100;

/** In one statement; cases latest first, as `now` finds them. */
export async function readSeriesAround(
  db: Kysely<Database>,
  { metric, organisation }: { metric: string; organisation: string },
  { sight, now }: { sight: Sight; now: Temporal.Instant },
): Promise<SeriesAround> {
  const seen = seriesSeen(sight, { metric: "s.metric", organisation: "s.organisation" });
  const { rows } = await sql<SeriesAround>`select
    (select coalesce(json_agg(c), '[]') from (
      select e.id, e.tier, e.forum, e.raised_in as "raisedIn", e.ended_in as "endedIn", e.standing from escalation e
      where e.metric = ${metric} and e.organisation = ${organisation} and not e.withdrawn and ${caseSeen(sight, now)}
      order by e.raised_in desc, e.id desc limit ${MOST_CASES}) c) as cases,
    (select coalesce(json_agg(c), '[]') from (
      select r.period, r.stage, r.due_on as "dueOn" from request r join series s on s.id = r.series
      where r.kind = 'commentary' and s.metric = ${metric} and s.organisation = ${organisation}
      order by r.period, r.id) c) as commentaries,
    (select coalesce(json_agg(c), '[]') from (
      select distinct on (w.period) w.period, w.words, w.by from commentary w join series s on s.id = w.series
      where s.metric = ${metric} and s.organisation = ${organisation} order by w.period, w.id desc) c) as written,
    array(select o.code from organisation o join series s on s.organisation = o.code and s.metric = ${metric}
      where o.parent = ${organisation} and o.until is null and ${seen}
      order by o.name limit ${MOST_BELOW}) as below,
    (select o.parent from organisation o join series s on s.organisation = o.parent and s.metric = ${metric}
      where o.code = ${organisation} and o.until is null and ${seen}) as above`.execute(db);
  return rows[0] ?? { cases: [], commentaries: [], written: [], below: [], above: null };
}
