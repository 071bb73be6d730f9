import { sql, type Transaction } from "kysely";
import { copyInto } from "../copy.ts";
import type { Database } from "../tables.ts";
import type { Concern, TierName } from "./cases.ts";

/** A case as it is to stand; `isNew` has an id from `newIds` and is inserted. */
export interface CaseRow {
  readonly id: number;
  readonly isNew: boolean;
  readonly concern: Concern;
  readonly series: number | null;
  readonly organisation: string;
  readonly metric: string | null;
  readonly area: string | null;
  readonly frequency: "monthly" | "quarterly";
  readonly tier: TierName;
  readonly forum: string | null;
  readonly raisedIn: number;
  readonly endedIn: number | null;
  readonly withdrawn: boolean;
  readonly previous: number | null;
  readonly shownAt: Temporal.Instant;
}

export interface EventRow {
  readonly id: number;
  readonly escalation: number;
  readonly period: number;
  readonly event: string;
  readonly tier: TierName;
  readonly reasons: readonly { readonly rule: string; readonly tier: string }[];
  readonly metrics: readonly string[];
  readonly areas: readonly string[];
  readonly restated: boolean;
}

/** Takes `count` ids of a table's identity column in one round trip. */
export async function newIds(
  trx: Transaction<Database>,
  table: "escalation" | "escalation_event",
  count: number,
): Promise<number[]> {
  if (count === 0) return [];
  const { rows } = await sql<{ id: number }>`select nextval(sequence) as id
    from (select pg_get_serial_sequence(${table}, 'id')::regclass as sequence offset 0) s,
      generate_series(1, ${count}::int)`.execute(trx);
  return rows.map(({ id }) => id);
}

const caseColumns = [
  "id",
  "concern",
  "series",
  "organisation",
  "metric",
  "area",
  "frequency",
  "tier",
  "forum",
  "raised_in",
  "ended_in",
  "standing",
  "withdrawn",
  "previous",
  "shown_at",
  "raised_at",
];

/** Writes cases: those that end make room first, because only one may stand a series. */
export async function writeCases(
  trx: Transaction<Database>,
  cases: readonly CaseRow[],
  now: Temporal.Instant,
): Promise<void> {
  const kept = cases.filter(({ isNew }) => !isNew);
  if (kept.length > 0) {
    await sql`create temp table if not exists moved_case (like escalation) on commit delete rows`.execute(trx);
    await sql`truncate moved_case`.execute(trx);
    await copyInto(
      trx,
      "moved_case",
      caseColumns,
      kept.map((row) => fields(row, now)),
    );
    for (const standing of [false, true]) {
      await sql`update escalation e set tier = m.tier, area = m.area, forum = m.forum, raised_in = m.raised_in, ended_in = m.ended_in,
          standing = m.standing, withdrawn = m.withdrawn, previous = m.previous, shown_at = m.shown_at
        from moved_case m where m.id = e.id and m.standing = ${standing}`.execute(trx);
    }
  }
  const added = cases.filter(({ isNew }) => isNew);
  if (added.length > 0)
    await copyInto(
      trx,
      "escalation",
      caseColumns,
      added.map((row) => fields(row, now)),
    );
}

function fields(row: CaseRow, now: Temporal.Instant) {
  return [
    row.id,
    row.concern,
    row.series,
    row.organisation,
    row.metric,
    row.area,
    row.frequency,
    row.tier,
    row.forum,
    row.raisedIn,
    row.endedIn,
    row.endedIn === null && !row.withdrawn,
    row.withdrawn,
    row.previous,
    row.shownAt.toString(),
    now.toString(),
  ];
}

/** Appends events. */
export async function writeEvents(
  trx: Transaction<Database>,
  events: readonly EventRow[],
  { evaluation, now }: { evaluation: number; now: Temporal.Instant },
): Promise<void> {
  if (events.length === 0) return;
  const columns = "id escalation period event tier at evaluation reasons metrics areas restated".split(" ");
  const at = now.toString();
  await copyInto(
    trx,
    "escalation_event",
    columns,
    events.map((e) => [
      e.id,
      e.escalation,
      e.period,
      e.event,
      e.tier,
      at,
      evaluation,
      JSON.stringify(e.reasons),
      e.metrics,
      e.areas,
      e.restated,
    ]),
  );
}
