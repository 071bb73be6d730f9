import { type Kysely, sql, type Transaction } from "kysely";
import type { Database } from "./tables.ts";

/** Metrics whose figures are owed on the same day: a frequency and the working day after the period's end. */
export interface SubmissionCalendar {
  readonly frequency: "monthly" | "quarterly";
  readonly dueWorkingDay: number;
}

/** The calendars in force, the protocol's monthly one always among them: summaries go by it. `defaults` are the protocol's days, for metrics that name none. */
export async function calendarsInForce(
  db: Kysely<Database>,
  defaults: Readonly<Record<SubmissionCalendar["frequency"], number>>,
): Promise<SubmissionCalendar[]> {
  const { rows } =
    await sql<SubmissionCalendar>`select 'monthly' as frequency, ${defaults.monthly}::int as "dueWorkingDay"
    union select distinct frequency,
      coalesce(due_working_day, case frequency when 'monthly' then ${defaults.monthly}::int else ${defaults.quarterly}::int end)
        as "dueWorkingDay"
    from metric where until is null order by 1, 2`.execute(db);
  return rows;
}

/** The last period of a calendar that was acted on; null where none ever was. */
export async function lastActedOn(trx: Transaction<Database>, calendar: SubmissionCalendar): Promise<number | null> {
  const row = await trx
    .selectFrom("calendar_passed")
    .select("period")
    .where("frequency", "=", calendar.frequency)
    .where("due_working_day", "=", calendar.dueWorkingDay)
    .executeTakeFirst();
  return row?.period ?? null;
}

const ofCalendar = ({ frequency, dueWorkingDay }: SubmissionCalendar, isDefault: boolean) =>
  sql`m.until is null and m.frequency = ${frequency}
    and (m.due_working_day = ${dueWorkingDay} or (m.due_working_day is null and ${isDefault}::boolean))`;

/** Notes that a submission day has passed and marks every series that it may concern as due. */
export async function passSubmissionDay(
  trx: Transaction<Database>,
  calendar: SubmissionCalendar,
  { period, isDefault, now }: { period: number; isDefault: boolean; now: Temporal.Instant },
): Promise<void> {
  await sql`insert into calendar_passed (frequency, due_working_day, period)
    values (${calendar.frequency}, ${calendar.dueWorkingDay}, ${period})
    on conflict (frequency, due_working_day) do update set period = excluded.period`.execute(trx);
  await sql`with concerned as (
      select st.series from series_state st
      join series s on s.id = st.series
      join metric m on m.code = s.metric and ${ofCalendar(calendar, isDefault)}
      order by st.series for update of st)
    update series_state st set due = true, due_since = coalesce(st.due_since, ${now.toString()})
    from concerned c where c.series = st.series`.execute(trx);
}

/** Marks as due what stands of organisations that have closed, so that it ends. */
export async function endOfClosed(
  trx: Transaction<Database>,
  { today, now }: { today: string; now: Temporal.Instant },
): Promise<void> {
  const standing = sql`select e.series, e.organisation from escalation e
    join organisation o on o.code = e.organisation and o.until is null and o.closed < ${today}::date
    where e.standing`;
  await sql`with closed as (
      select st.series from series_state st
      where not st.due and st.failed_at is null
        and st.series in (select series from (${standing}) x where series is not null)
      order by st.series for update)
    update series_state st set due = true, due_since = ${now.toString()} from closed c where c.series = st.series`.execute(
    trx,
  );
  await sql`insert into organisation_due (organisation, due_since)
    select distinct organisation, ${now.toString()}::timestamptz from (${standing}) x where series is null
    on conflict do nothing`.execute(trx);
}
