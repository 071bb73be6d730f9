import type { Period, Tier } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import type { Sight } from "../sight.ts";
import type { Database, EscalationEventTable } from "../tables.ts";
import { isVisible } from "../visible-organisations.ts";
import { beforeForums, briefColumns, type CaseInBrief } from "./cases-in-brief.ts";

/** The last move of a case, as somebody finds it who has not looked for a while. */
export interface ChangedCase extends CaseInBrief {
  readonly event: EscalationEventTable["event"];
  readonly period: Period;
  readonly before: Tier;
  readonly restated: boolean;
}

/** Cases that moved, the first few, and how many: `most` is as far as they are counted. */
export interface ChangedCases {
  readonly total: number;
  readonly most: number;
  readonly first: readonly ChangedCase[];
}

const MOST = 1000;
const NOTHING: ChangedCases = { total: 0, most: MOST, first: [] };

/**
 * Cases that somebody sees and that moved, were withdrawn, or were first shown to them after a moment, each by its last
 * move; the SLT's first, then what got worse, then the newest.
 */
export async function changedSince(
  db: Kysely<Database>,
  { sight, since, now, limit }: { sight: Sight; since: Temporal.Instant; now: Temporal.Instant; limit: number },
): Promise<ChangedCases> {
  const { organisations, forums } = sight;
  const own = isVisible("e.organisation", organisations);
  const seen = forums.length === 0 ? own : sql<boolean>`(${own} or ${beforeForums(forums, now)})`;
  const after = sql`${since.toString()}::timestamptz`;
  const moves = sql`x.replaced_at is null and x.event in ('raised', 'stepped-up', 'stepped-down', 'resolved', 'withdrawn')`;
  const columns = sql`x.escalation, x.event, x.period, x.tier, x.restated, x.at`;
  const { rows } = await sql<{ total: number; first: ChangedCase[] }>`
    with moved as (
      (select ${columns} from escalation_event x join escalation e on e.id = x.escalation
        where ${moves} and x.at > ${after} and ${seen} order by x.at desc limit ${MOST})
      union all
      (select ${columns} from escalation e join escalation_event x on x.escalation = e.id
        where ${moves} and e.shown_at > ${after} and e.shown_at <= ${now.toString()} and x.at <= ${after} and ${seen}
        order by e.shown_at desc limit ${MOST})),
    last as (select distinct on (escalation) * from moved order by escalation, period desc, at desc),
    first as (select * from last order by tier = 'slt' desc, event in ('raised', 'stepped-up') desc, at desc, escalation desc
      limit ${limit})
    select (select count(*) from last) as total,
      (select coalesce(json_agg(b), '[]') from (
        select ${briefColumns}, f.event, f.period, f.tier as before, f.restated from first f join escalation e on e.id = f.escalation
        order by f.tier = 'slt' desc, f.event in ('raised', 'stepped-up') desc, f.at desc, f.escalation desc) b) as first`.execute(
    db,
  );
  const found = rows[0];
  return found === undefined ? NOTHING : { ...found, most: MOST };
}
