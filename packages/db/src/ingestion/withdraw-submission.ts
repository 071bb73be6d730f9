import { type Kysely, sql, type Transaction } from "kysely";
import { recordAudit } from "../audit.ts";
import { holdCatalogue } from "../catalogue/catalogue-lock.ts";
import { chaseAgain } from "../returns/chased-returns.ts";
import { releaseSignedBeside, stopAskingToSign } from "../returns/sign-off.ts";
import type { Database } from "../tables.ts";
import { markDue } from "./mark-due.ts";
import { markFormerParents } from "./mark-former-parents.ts";
import { rebuildSeries } from "./rebuild-series.ts";
import { writeProblems } from "./settle-submission.ts";
import { weigh } from "./weigh.ts";

/** When a submission was withdrawn, by whom and why. */
export interface Withdrawal {
  readonly at: Temporal.Instant;
  readonly by: string;
  readonly reason: string;
}

/**
 * Withdraws a submission that was sent in error: what was said before it holds again, and its series are decided anew.
 * Ring assess-series and tell afterwards. Withdrawing again changes nothing and returns the first withdrawal. One that is
 * not read yet is never read: it is rejected. Null where there is no such submission.
 */
export async function withdrawSubmission(
  db: Kysely<Database>,
  submission: number,
  { by, reason, now }: { by: string; reason: string; now: Temporal.Instant },
): Promise<Withdrawal | null> {
  return db.transaction().execute(async (trx) => {
    // Waits while it is being read.
    const row = await trx
      .selectFrom("submission")
      .select(["status", "withdrawn_at", "withdrawn_by", "withdrawn_reason"])
      .where("id", "=", submission)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) return null;
    if (row.withdrawn_at !== null) {
      return { at: row.withdrawn_at, by: row.withdrawn_by ?? "", reason: row.withdrawn_reason ?? "" };
    }
    const { rows } = await sql<{
      at: Temporal.Instant;
    }>`update submission set withdrawn_at = ${now.toString()}, withdrawn_by = ${by}, withdrawn_reason = ${reason},
      withdrawn_after = (select max(id) from submission) where id = ${submission}
      returning withdrawn_at as at`.execute(trx);
    await stopAskingToSign(trx, submission);
    const unread = row.status === "received" || row.status === "reading";
    const series = unread ? await leaveUnread(trx, submission, now) : await takeOut(trx, submission, now);
    await releaseSignedBeside(trx, submission, now);
    const detail = { reason, series };
    const subject = `submission ${submission}`;
    await recordAudit(trx, { at: now, actor: by, action: "submission-withdrawn", subject, detail });
    // As it is kept: PostgreSQL counts microseconds.
    return { at: rows[0]?.at ?? now, by, reason };
  });
}

async function leaveUnread(trx: Transaction<Database>, submission: number, now: Temporal.Instant): Promise<number> {
  await sql`update submission set status = 'rejected', read_at = ${now.toString()}, failure = null, failed_at = null
    where id = ${submission}`.execute(trx);
  const message = "The submission was withdrawn before it was read. Nothing of it counts; send it again if it should.";
  const nowhere = { row: null, column: null, value: null };
  await writeProblems(trx, submission, [{ ...nowhere, code: "withdrawn", message, severity: "error" }]);
  return 0;
}

/** Weighs again whatever the submission said; returns how many series are to be decided anew. */
async function takeOut(trx: Transaction<Database>, submission: number, now: Temporal.Instant): Promise<number> {
  await holdCatalogue(trx);
  await sql`create temp table incoming on commit drop as
    select series, period, plan from observation where submission = ${submission}`.execute(trx);
  await sql`analyze incoming`.execute(trx);
  await nameTouched(trx);
  await sql`create temp table route on commit drop as select series, step, false as appends from touched`.execute(trx);
  await sql`create temp table differing on commit drop as select series, period from incoming`.execute(trx);
  await weigh(trx);
  await restOnHolders(trx, submission);
  await rebuildSeries(trx, submission, now);
  await chaseAgain(trx, submission, now);
  await markDue(trx, submission, now);
  await markFormerParents(trx, submission, now);
  const { rows } = await sql<{ series: number }>`select count(*) as series from touched`.execute(trx);
  return rows[0]?.series ?? 0;
}

/** What is still to be told because of the submission rests from now on on those by which its figures hold. */
async function restOnHolders(trx: Transaction<Database>, submission: number): Promise<void> {
  await sql`update telling t set caused_by = t.caused_by || h.submissions
    from (select series, array_agg(distinct submission) as submissions from weighed
      where submission is not null group by series) h
    where h.series = t.series and t.state = 'waiting' and ${submission} = any(t.caused_by)
      and not h.submissions <@ t.caused_by`.execute(trx);
}

/**
 * Names the series a submission spoke of, of metrics and organisations too that the catalogue no longer has, and locks the
 * state of all that will be marked, in the order in which reading does.
 */
async function nameTouched(trx: Transaction<Database>): Promise<void> {
  await sql`create temp table touched on commit drop as
    select s.id as series, s.metric, s.organisation, coalesce(o.kind = 'system', false) as is_system,
      case m.frequency when 'quarterly' then 3 else 1 end as step
    from series s
    left join lateral (select frequency from metric where code = s.metric order by id desc limit 1) m on true
    left join organisation o on o.code = s.organisation and o.until is null
    where s.id in (select series from incoming)`.execute(trx);
  await sql`analyze touched`.execute(trx);
  await sql`with recursive up as (
      select st.series, st.parent from series_state st where st.series in (select series from touched)
      union select p.series, p.parent from up join series_state p on p.series = up.parent)
    select series from series_state where series in (
      select series from up
      union select s.id from series s where s.metric in (
        select t.metric from touched t join incoming i on i.series = t.series where t.is_system and i.plan is not null))
    order by series for update`.execute(trx);
}
