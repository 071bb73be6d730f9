import type { Period } from "@signalbox/domain";
import { type Kysely, type Selectable, sql } from "kysely";
import { recordAudit } from "./audit.ts";
import type { Database } from "./tables.ts";
import type { RecalculationTable } from "./tables/figures.ts";

/** A period at which somebody had the control limits of a series begin anew; a removed one no longer counts, and stays. */
export interface Recalculation {
  readonly id: number;
  readonly period: Period;
  readonly reason: string;
  readonly by: string;
  readonly at: Temporal.Instant;
  readonly removed: { readonly at: Temporal.Instant; readonly by: string; readonly reason: string } | null;
}

interface SeriesKey {
  readonly metric: string;
  readonly organisation: string;
}

interface Act {
  readonly by: string;
  readonly reason: string;
  readonly now: Temporal.Instant;
}

/** Every recalculation of a series, in order of period, removed ones too. */
export async function recalculationsOf(db: Kysely<Database>, series: SeriesKey): Promise<Recalculation[]> {
  const rows = await db
    .selectFrom("recalculation")
    .selectAll()
    .where("metric", "=", series.metric)
    .where("organisation", "=", series.organisation)
    .orderBy("period")
    .orderBy("id")
    .execute();
  return rows.map(asRecalculation);
}

/** The periods at which limits begin anew, of every series that has one, by "METRIC ORGANISATION"; few at any time. */
export async function standingRecalculations(db: Kysely<Database>): Promise<ReadonlyMap<string, readonly Period[]>> {
  const { rows } = await sql<{ series: string; periods: Period[] }>`
    select metric || ' ' || organisation as series, array_agg(period order by period) as periods
    from recalculation where removed_at is null group by metric, organisation`.execute(db);
  return new Map(rows.map(({ series, periods }) => [series, periods]));
}

/** Keeps a recalculation and its audit; null, and nothing is kept, where one stands for that period already. */
export async function addRecalculation(
  db: Kysely<Database>,
  { metric, organisation, period }: SeriesKey & { readonly period: Period },
  { by, reason, now }: Act,
): Promise<Recalculation | null> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .insertInto("recalculation")
      .values({ metric, organisation, period, reason, made_by: by, made_at: now.toString() })
      .onConflict((conflict) =>
        conflict.columns(["metric", "organisation", "period"]).where("removed_at", "is", null).doNothing(),
      )
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) return null;
    await recordAudit(trx, {
      at: now,
      actor: by,
      action: "recalculation-added",
      subject: `series ${metric} ${organisation}`,
      detail: { recalculation: row.id, period, reason },
    });
    return asRecalculation(row);
  });
}

/** Takes a recalculation of this series back, with its audit; null where no such one stands. */
export async function removeRecalculation(
  db: Kysely<Database>,
  { metric, organisation, id }: SeriesKey & { readonly id: number },
  { by, reason, now }: Act,
): Promise<Recalculation | null> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable("recalculation")
      .set({ removed_at: now.toString(), removed_by: by, removed_reason: reason })
      .where("id", "=", id)
      .where("metric", "=", metric)
      .where("organisation", "=", organisation)
      .where("removed_at", "is", null)
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) return null;
    await recordAudit(trx, {
      at: now,
      actor: by,
      action: "recalculation-removed",
      subject: `series ${metric} ${organisation}`,
      detail: { recalculation: id, period: row.period, reason },
    });
    return asRecalculation(row);
  });
}

function asRecalculation(row: Selectable<RecalculationTable>): Recalculation {
  const { id, period, reason, made_by: by, made_at: at, removed_at, removed_by, removed_reason } = row;
  const removed = removed_at === null ? null : { at: removed_at, by: removed_by ?? "", reason: removed_reason ?? "" };
  return { id, period: period as Period, reason, by, at, removed };
}
