import { nextDigest } from "@signalbox/domain";
import { type Kysely, sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";

/** What is still to be told of a disputed figure: of its period, or of a later one that rests on it. */
const ofFigure = sql`t.series = d.series and t.state = 'waiting' and t.kind = 'digest' and t.forums <> '{}'
  and (t.period = d.period or t.period > d.period and d.submission = any(t.caused_by))`;

interface Held {
  readonly id: number;
  readonly digest: string | null;
  readonly tellAt: Temporal.Instant;
  readonly untilAt: Temporal.Instant;
  readonly urgent: boolean;
}

/**
 * Holds back what forums have not been told yet of disputed figures, and the cases they do not see yet, until the dispute is
 * over; what was told stays told, and what is urgent does not wait. Doing it again changes nothing; without `series` it is done
 * for all disputes in force.
 */
export async function holdDisputed(
  trx: Transaction<Database>,
  now: Temporal.Instant,
  series: readonly number[] | null = null,
): Promise<void> {
  const inForce = sql`d.ended_at is null and d.until_at > ${now.toString()}
    and (${series === null} or d.series = any(${series ?? []}::int[]))`;
  const { rows } = await sql<Held>`select t.id, t.digest, t.tell_at as "tellAt", max(d.until_at) as "untilAt",
      bool_or(coalesce(m.urgent, false)) as urgent
    from dispute d join telling t on ${ofFigure} join series s on s.id = d.series
    left join metric m on m.code = s.metric and m.until is null
    where ${inForce} group by t.id`.execute(trx);
  const held = rows.map(({ id, digest, tellAt, untilAt, urgent }) => {
    const then = nextDigest(untilAt, digest ?? undefined);
    const waits = !urgent && Temporal.Instant.compare(tellAt, then) < 0;
    return { id, until: untilAt.toString(), tell_at: waits ? then.toString() : null };
  });
  if (held.length > 0) {
    await sql`update telling t set
        detail = t.detail || jsonb_build_object('disputedUntil', (h.until at time zone 'Europe/London')::date)
          || case when h.tell_at is null then '{}' else jsonb_build_object('heldFrom', t.tell_at) end,
        tell_at = coalesce(h.tell_at, t.tell_at)
      from jsonb_to_recordset(${JSON.stringify(held)}::jsonb) as h(id bigint, until timestamptz, tell_at timestamptz)
      where t.id = h.id`.execute(trx);
  }
  // A case that was raised at this very moment is one that nobody before its forums has heard of.
  await sql`with held as (
      select e.id, e.shown_at, max(d.until_at) as until_at, array_agg(d.id) as disputes
      from dispute d join escalation e on e.series = d.series and e.raised_in = d.period and e.standing
      join metric m on m.code = e.metric and m.until is null and not m.urgent
      where ${inForce} and e.shown_at >= ${now.toString()}::timestamptz and e.shown_at < d.until_at
        and not exists (select from notice n join telling t on t.id = n.telling
          where n.escalation = e.id and t.forums <> '{}' and n.status in ('sending', 'sent', 'unknown'))
      group by e.id),
    noted as (update dispute d set shown_before = coalesce(d.shown_before, h.shown_at) from held h
      where d.id = any(h.disputes))
    update escalation e set shown_at = h.until_at from held h where h.id = e.id`.execute(trx);
}

/** Lets go what disputes held back that are over now: it is told and shown as it would have been, or at the next digest. */
export async function letGo(
  trx: Transaction<Database>,
  disputes: readonly number[],
  now: Temporal.Instant,
): Promise<void> {
  if (disputes.length === 0) return;
  const { rows } = await sql<{ id: number; digest: string | null; heldFrom: string | null }>`
    select distinct t.id, t.digest, t.detail ->> 'heldFrom' as "heldFrom"
    from dispute d join telling t on ${ofFigure} where d.id = any(${disputes}) and t.detail ? 'disputedUntil'`.execute(
    trx,
  );
  const freed = rows.map(({ id, digest, heldFrom }) => ({ id, tell_at: freedAt(heldFrom, digest, now) }));
  await sql`update telling t set tell_at = least(f.tell_at, t.tell_at), detail = t.detail - 'disputedUntil' - 'heldFrom'
    from jsonb_to_recordset(${JSON.stringify(freed)}::jsonb) as f(id bigint, tell_at timestamptz)
    where t.id = f.id`.execute(trx);
  await sql`update escalation e set shown_at = greatest(d.shown_before, ${now.toString()}::timestamptz)
    from dispute d where d.id = any(${disputes}) and d.shown_before is not null and e.series = d.series
      and e.raised_in = d.period and e.shown_at = d.until_at and e.shown_at > ${now.toString()}`.execute(trx);
}

function freedAt(heldFrom: string | null, digest: string | null, now: Temporal.Instant): string | null {
  if (heldFrom === null) return null;
  const from = Temporal.Instant.from(new Date(heldFrom).toISOString());
  return (Temporal.Instant.compare(from, now) > 0 ? from : nextDigest(now, digest ?? undefined)).toString();
}

/** How many figures of a submission are disputed now: a release does not let them go. */
export async function disputedOf(db: Kysely<Database>, submission: number): Promise<number> {
  const { rows } = await sql<{ many: number }>`select count(*) as many from dispute
    where submission = ${submission} and ended_at is null`.execute(db);
  return rows[0]?.many ?? 0;
}
