import { addWorkingDays, dayOf, workingDaysBetween } from "@signalbox/domain";
import { sql, type Transaction } from "kysely";
import { moveDueDates } from "../steps/move-due-date.ts";
import type { Database } from "../tables.ts";

interface Clocked {
  readonly request: number;
  readonly dueOn: string;
  readonly series: number;
  readonly untilDay: string;
  /** Stopped already, for another dispute, until this day. */
  readonly pausedUntil: string | null;
  readonly by: string;
}

/**
 * Stops the clocks of what is asked about the cases of disputed figures: nobody is chased until the dispute is over, and every
 * day due moves on by its working days. What is stopped already for as long stays as it is.
 */
export async function stopClocks(
  trx: Transaction<Database>,
  series: readonly number[],
  now: Temporal.Instant,
): Promise<void> {
  const { rows } = await sql<Clocked>`select distinct on (r.id) r.id as request, r.due_on as "dueOn", d.series,
      (d.until_at at time zone 'Europe/London')::date as "untilDay", r.paused_until as "pausedUntil", d.by
    from dispute d join request r on r.ended_at is null
      and (r.paused_until is null or r.paused_until < (d.until_at at time zone 'Europe/London')::date)
    left join escalation e on e.id = r.escalation
    where d.series = any(${series}) and d.ended_at is null and d.until_at > ${now.toString()}
      and (e.series = d.series and e.standing and e.raised_in <= d.period or r.escalation is null and r.series = d.series
        and r.period = d.period)
    order by r.id, d.until_at desc`.execute(trx);
  if (rows.length === 0) return;
  const today = dayOf(now);
  await setPaused(trx, rows);
  for (const [by, ofOne] of Map.groupBy(rows, (row) => row.by)) {
    const days = ofOne.map(({ request, dueOn, untilDay, pausedUntil }) => {
      const from = pausedUntil === null ? today : latest(today, Temporal.PlainDate.from(pausedUntil));
      return { request, dueOn: later(dueOn, { from, untilDay }) };
    });
    // One statement more for each person who disputes: in one batch there is one, or a few.
    await moveDueDates(trx, days, { reason: "Its figure is disputed, so its clock stands", by, now });
  }
}

/** Has clocks go on before the dispute's last day: the days that it did not take are given back. */
export async function goOn(
  trx: Transaction<Database>,
  series: readonly number[],
  { by, now }: { by: string; now: Temporal.Instant },
): Promise<void> {
  const { rows } = await sql<{ request: number; dueOn: string; pausedUntil: string }>`
    select r.id as request, r.due_on as "dueOn", r.paused_until as "pausedUntil" from request r
    left join escalation e on e.id = r.escalation
    where r.ended_at is null and r.paused_until is not null and coalesce(e.series, r.series) = any(${series})
      and not exists (select from dispute d where d.series = coalesce(e.series, r.series) and d.ended_at is null)`.execute(
    trx,
  );
  if (rows.length === 0) return;
  const today = dayOf(now);
  const days = rows.map(({ request, dueOn, pausedUntil }) => {
    const left = workingDaysBetween(today, Temporal.PlainDate.from(pausedUntil));
    return { request, dueOn: left === 0 ? dueOn : addWorkingDays(Temporal.PlainDate.from(dueOn), -left).toString() };
  });
  await sql`update request set paused_until = null where id = any(${rows.map(({ request }) => request)})`.execute(trx);
  await moveDueDates(trx, days, { reason: "Its figure is no longer disputed, so its clock goes on", by, now });
}

const setPaused = (trx: Transaction<Database>, rows: readonly Clocked[]) =>
  sql`update request r set paused_until = p.day from unnest(${rows.map(({ request }) => request)}::bigint[],
    ${rows.map(({ untilDay }) => untilDay)}::date[]) as p(id, day) where p.id = r.id`.execute(trx);

function latest(one: Temporal.PlainDate, other: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(one, other) < 0 ? other : one;
}

function later(dueOn: string, { from, untilDay }: { from: Temporal.PlainDate; untilDay: string }): string {
  const days = workingDaysBetween(from, Temporal.PlainDate.from(untilDay));
  return days === 0 ? dueOn : addWorkingDays(Temporal.PlainDate.from(dueOn), days).toString();
}
