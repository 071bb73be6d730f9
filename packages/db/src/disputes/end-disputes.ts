import { stepOf } from "@signalbox/domain";
import { type Kysely, sql, type Transaction } from "kysely";
import { recordAudit } from "../audit.ts";
import type { Database } from "../tables.ts";
import { holdDisputed, letGo } from "./hold-back.ts";
import { goOn, stopClocks } from "./stop-clocks.ts";

/** A figure whose dispute a restatement ended: leaders may never have heard of what it said before. */
export interface Contested {
  readonly series: number;
  readonly period: number;
}

/**
 * Ends the disputes of figures that hold no longer, because they were restated or withdrawn; to be called before the series
 * are decided anew. Returns whose they were.
 */
export async function endRestated(
  trx: Transaction<Database>,
  series: readonly number[],
  now: Temporal.Instant,
): Promise<Contested[]> {
  if (series.length === 0) return [];
  const { rows } = await sql<Contested & { id: number }>`update dispute d
    set ended_at = ${now.toString()}, ended_why = 'restated'
    from series_state st, series s left join metric m on m.code = s.metric and m.until is null
    where d.series = any(${series}) and d.ended_at is null and st.series = d.series and s.id = d.series
      and st.submissions[(d.period - st.first_period) / (case m.frequency when 'quarterly' then ${stepOf("quarterly")}::int
        else 1 end) + 1] is distinct from d.submission
    returning d.id, d.series, d.period`.execute(trx);
  await over(trx, rows, { by: "a restatement", now });
  return rows;
}

/** Holds back and stops what a decision brought that rests on figures in dispute; to be called once the series are decided. */
export async function holdDecided(
  trx: Transaction<Database>,
  series: readonly number[],
  now: Temporal.Instant,
): Promise<void> {
  if (series.length === 0) return;
  const { rows } = await sql<{ series: number }>`select distinct series from dispute
    where ended_at is null and series = any(${series})`.execute(trx);
  if (rows.length === 0) return;
  const disputed = rows.map((row) => row.series);
  await holdDisputed(trx, now, disputed);
  await stopClocks(trx, disputed, now);
}

/** Ends the disputes whose days are over: what they held back is told and shown, and the clocks go on. */
export async function endRanOut(trx: Transaction<Database>, now: Temporal.Instant): Promise<void> {
  const { rows } = await sql<
    Contested & { id: number }
  >`update dispute set ended_at = ${now.toString()}, ended_why = 'ran-out'
    where ended_at is null and until_at <= ${now.toString()} returning id, series, period`.execute(trx);
  await over(trx, rows, { by: "the clock", now });
}

/**
 * Ends a dispute because whoever answers for the figure stands by it after all. Null where there is none in force. Ring tell
 * afterwards.
 */
export async function settleDispute(
  db: Kysely<Database>,
  id: number,
  { by, note, now }: { by: string; note: string; now: Temporal.Instant },
): Promise<Contested | null> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<
      Contested & { id: number }
    >`update dispute set ended_at = ${now.toString()}, ended_by = ${by},
        ended_why = 'settled', ended_note = ${note}
      where id = ${id} and ended_at is null returning id, series, period`.execute(trx);
    const [ended] = rows;
    if (ended === undefined) return null;
    await over(trx, rows, { by, now });
    const detail = { series: ended.series, period: ended.period, note };
    await recordAudit(trx, { at: now, actor: by, action: "dispute-settled", subject: `dispute ${id}`, detail });
    return ended;
  });
}

async function over(
  trx: Transaction<Database>,
  ended: readonly (Contested & { id: number })[],
  { by, now }: { by: string; now: Temporal.Instant },
): Promise<void> {
  if (ended.length === 0) return;
  const series = ended.map((one) => one.series);
  await letGo(
    trx,
    ended.map(({ id }) => id),
    now,
  );
  await goOn(trx, series, { by, now });
  // Another figure of the series may be in dispute as well.
  await holdDisputed(trx, now, series);
}
