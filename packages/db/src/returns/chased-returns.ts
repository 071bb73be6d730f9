import { asPeriod, type Frequency, NAMED_MISSING } from "@signalbox/domain";
import { sql, type Transaction } from "kysely";
import type { SubmissionCalendar } from "../calendar.ts";
import type { Database } from "../tables.ts";
import type { ReturnKey } from "./list-returns.ts";
import { owingAt } from "./owed-series.ts";

/** The last period of a calendar whose submitters were due to hear that its day is near; null where none ever was. */
export async function lastNear(trx: Transaction<Database>, calendar: SubmissionCalendar): Promise<number | null> {
  const row = await trx
    .selectFrom("calendar_passed")
    .select("near")
    .where("frequency", "=", calendar.frequency)
    .where("due_working_day", "=", calendar.dueWorkingDay)
    .executeTakeFirst();
  return row?.near ?? null;
}

/** Notes that the day of a calendar's period is near. */
export async function noteNear(
  trx: Transaction<Database>,
  calendar: SubmissionCalendar,
  period: number,
): Promise<void> {
  await trx
    .updateTable("calendar_passed")
    .set({ near: period })
    .where("frequency", "=", calendar.frequency)
    .where("due_working_day", "=", calendar.dueWorkingDay)
    .execute();
}

/** Has returns looked at from `now` on until they come; what is known of one that was chased before stays known. */
export async function chaseFrom(
  trx: Transaction<Database>,
  keys: readonly ReturnKey[],
  now: Temporal.Instant,
): Promise<void> {
  if (keys.length === 0) return;
  const rows = JSON.stringify(keys.map((key) => ({ ...key, due_working_day: key.dueWorkingDay })));
  await sql`insert into chased_return (organisation, frequency, due_working_day, period, next_at)
    select k.organisation, k.frequency, k.due_working_day, k.period, ${now.toString()}::timestamptz
    from jsonb_to_recordset(${rows}::jsonb)
      as k(organisation text, frequency text, due_working_day int, period int)
    on conflict (organisation, frequency, due_working_day, period) do update set next_at = excluded.next_at
      where chased_return.next_at is null`.execute(trx);
}

/**
 * Has returns chased anew, submitter first, of which figures are open again because a submission was withdrawn: those of
 * the last period that is due, or will be soon. What is older is seen, and is a matter for the board where it stays silent.
 */
export async function chaseAgain(trx: Transaction<Database>, submission: number, now: Temporal.Instant): Promise<void> {
  const { defaults } = await owingAt(trx, now);
  await sql`with anew as (
    insert into chased_return (organisation, frequency, due_working_day, period, next_at)
    select distinct s.organisation, m.frequency, c.due_working_day, o.period, ${now.toString()}::timestamptz
    from observation o
    join series s on s.id = o.series
    join series_state st on st.series = s.id
    join metric m on m.code = s.metric and m.until is null
    join calendar_passed c on c.frequency = m.frequency and c.due_working_day = coalesce(m.due_working_day,
      case m.frequency when 'quarterly' then ${defaults.quarterly}::int else ${defaults.monthly}::int end)
    where o.submission = ${submission} and o.period between c.period and greatest(c.period, c.near)
      and o.no_value is distinct from ${NAMED_MISSING}
      -- Another submission may answer for it still.
      and (st.first_period is null or o.period < st.first_period or st.submissions[
        (o.period - st.first_period) / (case m.frequency when 'quarterly' then 3 else 1 end) + 1] is null)
    on conflict (organisation, frequency, due_working_day, period)
      do update set next_at = excluded.next_at, told = null, round = chased_return.round + 1
    returning organisation, frequency, due_working_day, period),
  -- What was to be said in the round before has not left, and is not said in this one.
  begun as (
    select t.id from telling t join anew a on a.organisation = t.organisation and a.period = t.period
      and a.frequency = t.detail ->> 'frequency' and a.due_working_day = (t.detail ->> 'dueWorkingDay')::int
    where t.kind = 'submission-missing' and t.reason <> 'return-asked' and t.state = 'waiting')
  update telling set state = 'dropped' where id in (select id from begun)`.execute(trx);
}

/** A return that is to be looked at, locked, and the last level that was told of it since it was last begun anew. */
export interface ReturnToChase extends ReturnKey {
  readonly told: number | null;
  /** How often it was begun anew. */
  readonly round: number;
}

/** Locks the returns that are to be looked at by `now`. */
export async function returnsToChase(trx: Transaction<Database>, now: Temporal.Instant): Promise<ReturnToChase[]> {
  const { rows } = await sql<{
    organisation: string;
    frequency: Frequency;
    due_working_day: number;
    period: number;
    told: number | null;
    round: number;
  }>`select organisation, frequency, due_working_day, period, told, round from chased_return
    where next_at <= ${now.toString()}
    order by organisation, frequency, due_working_day, period for update`.execute(trx);
  return rows.map(({ organisation, frequency, due_working_day, period, told, round }) => ({
    organisation,
    frequency,
    dueWorkingDay: due_working_day,
    period: asPeriod(period),
    told,
    round,
  }));
}

/** How far up a return has been chased now, and when it is looked at next; null for never. */
export interface ChasedReturn extends ReturnToChase {
  readonly nextAt: Temporal.Instant | null;
}

/** Keeps how far up returns have been chased. */
export async function noteChased(trx: Transaction<Database>, chased: readonly ChasedReturn[]): Promise<void> {
  if (chased.length === 0) return;
  const rows = JSON.stringify(
    chased.map(({ dueWorkingDay, nextAt, ...one }) => ({
      ...one,
      due_working_day: dueWorkingDay,
      next_at: nextAt?.toString() ?? null,
    })),
  );
  await sql`update chased_return r set told = k.told, next_at = k.next_at
    from jsonb_to_recordset(${rows}::jsonb)
      as k(organisation text, frequency text, due_working_day int, period int, told int, next_at timestamptz)
    where r.organisation = k.organisation and r.frequency = k.frequency and r.due_working_day = k.due_working_day
      and r.period = k.period`.execute(trx);
}
