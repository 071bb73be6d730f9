import type { Period, Tier } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import { decisionsOf } from "../decisions.ts";
import type { EscalationRecord } from "../escalation-lists.ts";
import { caseSeen, type Sight } from "../sight.ts";
import type { Database } from "../tables.ts";

/** Another case of the same organisation. */
export interface OtherCase {
  readonly id: number;
  readonly metric: string;
  readonly area: string;
  readonly tier: Tier;
  readonly raisedIn: Period;
  readonly endedIn: Period | null;
}

/** The organisation's cases of performance that stood at some time while this case did, as far as they are seen. */
export async function otherCases(
  db: Kysely<Database>,
  of: EscalationRecord,
  { sight, now }: { sight: Sight; now: Temporal.Instant },
): Promise<OtherCase[]> {
  const { rows } = await sql<OtherCase>`
    select id, metric, area, tier, raised_in as "raisedIn", ended_in as "endedIn" from escalation e
    where ${caseSeen(sight, now)} and organisation = ${of.organisation} and concern = 'performance' and not withdrawn
      and (${of.endedIn}::int is null or raised_in <= ${of.endedIn})
      and (ended_in is null or ended_in >= ${of.raisedIn})
    order by area, metric, id`.execute(db);
  return rows;
}

/** A metric of which nothing comes, and when it last had a value. */
export interface SilentMetric {
  readonly metric: string;
  readonly lastValueIn: Period | null;
  readonly silentFor: number;
}

/** How long the given metrics of an organisation have been silent, as decided for their last period. */
export async function silentMetrics(
  db: Kysely<Database>,
  organisation: string,
  { metrics, step }: { metrics: readonly string[]; step: number },
): Promise<SilentMetric[]> {
  const { rows } = await sql<{ id: number; metric: string }>`
    select id, metric from series where organisation = ${organisation} and metric = any(${metrics}::text[])
    order by metric`.execute(db);
  const decisions = await decisionsOf(
    db,
    rows.map(({ id }) => id),
  );
  return rows.flatMap(({ id, metric }) => {
    const decision = decisions.get(id);
    if (decision === undefined) return [];
    const last = decision.values.findLastIndex((value) => !Number.isNaN(value));
    const lastValueIn = last < 0 ? null : ((decision.first + last * step) as Period);
    return [{ metric, lastValueIn, silentFor: decision.silentFor.at(-1) ?? 0 }];
  });
}
