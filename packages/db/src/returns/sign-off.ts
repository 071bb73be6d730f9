import { nextDigest, previewEnds, protocolSchema, rulesFor } from "@signalbox/domain";
import { sql, type Transaction } from "kysely";
import { recordAudit } from "../audit.ts";
import { holdDisputed } from "../disputes/hold-back.ts";
import { givesWay, mayGiveWay } from "../overtaken.ts";
import type { Database } from "../tables.ts";
import { WAITS_FOR_SIGNATURE as waits } from "../unsigned.ts";

/** What became of signing a submission off. */
export type SignOff =
  | { readonly kind: "signed"; readonly at: Temporal.Instant; readonly by: string }
  /** It needs no signature: its organisation's submissions do not, or nothing of it was accepted. */
  | { readonly kind: "not-asked" }
  | { readonly kind: "withdrawn" };

/** Notes that a submission waits for its executive, and from when it waits no longer. */
export async function noteSignOffAsked(
  trx: Transaction<Database>,
  submission: number,
  { now, unsignedFrom }: { now: Temporal.Instant; unsignedFrom: Temporal.Instant },
): Promise<void> {
  await trx
    .updateTable("submission")
    .set({ sign_off_asked_at: now.toString(), unsigned_from: unsignedFrom.toString() })
    .where("id", "=", submission)
    .execute();
}

/**
 * Signs a submission off: what it decided is released as if it had waited for nothing but its preview. Signing again changes
 * nothing, and one that was released meanwhile is signed all the same. Ring tell afterwards. Null where there is none.
 */
export async function signOffSubmission(
  trx: Transaction<Database>,
  submission: number,
  by: string,
  now: Temporal.Instant,
): Promise<SignOff | null> {
  const row = await trx
    .selectFrom("submission")
    .select(["sign_off_asked_at", "signed_off_at", "signed_off_by", "withdrawn_at", "read_at"])
    .where("id", "=", submission)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return null;
  if (row.signed_off_at !== null) return { kind: "signed", at: row.signed_off_at, by: row.signed_off_by ?? "" };
  if (row.withdrawn_at !== null) return { kind: "withdrawn" };
  if (row.sign_off_asked_at === null || row.read_at === null) return { kind: "not-asked" };
  await trx
    .updateTable("submission")
    .set({ signed_off_at: now.toString(), signed_off_by: by })
    .where("id", "=", submission)
    .execute();
  await stopAskingToSign(trx, submission);
  const cases = await showSignedCases(trx, [submission], { readAt: row.read_at, now });
  const tellings = await tellSigned(trx, [submission], now);
  await holdDisputed(trx, now);
  await recordAudit(trx, {
    at: now,
    actor: by,
    action: "submission-signed-off",
    subject: `submission ${submission}`,
    detail: { cases, tellings },
  });
  return { kind: "signed", at: now, by };
}

/** Nobody is asked any more to sign a submission off. */
export async function stopAskingToSign(trx: Transaction<Database>, submission: number): Promise<void> {
  const asking = sql`submission = ${submission} and kind = 'reminder' and reason in ('sign-off-asked', 'sign-off-due')`;
  await sql`update telling set state = 'dropped' where ${asking} and state = 'waiting'`.execute(trx);
  await sql`update notice n set ${givesWay} where ${asking} and ${mayGiveWay}`.execute(trx);
}

/**
 * Tells what waited for a withdrawn submission's signature and for those of others, all of which have signed: nobody can sign
 * for what is withdrawn. What is decided anew because of the withdrawal takes the place of what is told here.
 */
export async function releaseSignedBeside(
  trx: Transaction<Database>,
  withdrawn: number,
  now: Temporal.Instant,
): Promise<void> {
  const { rows } = await sql<{ id: number; readAt: Temporal.Instant }>`select id, read_at as "readAt" from submission
    where signed_off_at is not null and read_at is not null and withdrawn_at is null and id in (
      select unnest(t.caused_by) from telling t
      where t.state = 'waiting' and t.detail ? 'previewEnds' and ${withdrawn} = any(t.caused_by))`.execute(trx);
  const readAt = rows
    .map((row) => row.readAt)
    .toSorted(Temporal.Instant.compare)
    .at(-1);
  if (readAt === undefined) return;
  const signed = rows.map(({ id }) => id);
  await showSignedCases(trx, signed, { readAt, now });
  await tellSigned(trx, signed, now);
  await holdDisputed(trx, now);
}

/** That no submission a telling rests on still waits for its signature. */
const nobodyWaits = sql`not exists (select from submission where id = any(t.caused_by) and ${waits})`;

/**
 * Whether a submission that is being read says what one says that waits for its signature: were that withdrawn, the figures
 * would hold by this one.
 */
export async function repeatsUnsigned(trx: Transaction<Database>, submission: number): Promise<boolean> {
  const { rows } = await sql<{ repeats: boolean }>`select exists (
    select from (select id from submission where id <> ${submission} and ${waits}) s
    join observation other on other.submission = s.id
    join observation mine on mine.submission = ${submission} and mine.series = other.series and mine.period = other.period
    where (mine.value, mine.numerator, mine.denominator, mine.no_value)
      is not distinct from (other.value, other.numerator, other.denominator, other.no_value)) as repeats`.execute(trx);
  return rows[0]?.repeats ?? false;
}

async function showSignedCases(
  trx: Transaction<Database>,
  signed: readonly number[],
  { readAt, now }: { readAt: Temporal.Instant; now: Temporal.Instant },
): Promise<number> {
  const protocol = await trx.selectFrom("protocol").select("body").where("until", "is", null).executeTakeFirst();
  const body = protocolSchema.parse(protocol?.body ?? {});
  const ends = (frequency: "monthly" | "quarterly") =>
    later(now, previewEnds(readAt, rulesFor(body, frequency).preview.workingDays)).toString();
  const { numAffectedRows } = await sql`update escalation e set shown_at = least(e.shown_at,
      case e.frequency when 'quarterly' then ${ends("quarterly")}::timestamptz else ${ends("monthly")}::timestamptz end)
    where e.shown_at > ${now.toString()}
      and (exists (select from observation o where o.series = e.series and o.submission = any(${signed}))
        or exists (select from telling t where t.escalation = e.id and t.caused_by && ${signed}::bigint[]))
      and not exists (select from telling t where t.escalation = e.id and t.state = 'waiting' and t.detail ? 'previewEnds'
        and not ${nobodyWaits})`.execute(trx);
  return Number(numAffectedRows ?? 0);
}

/** What waited for the signature is told at its digest's time, and no longer said to be unsigned. */
async function tellSigned(
  trx: Transaction<Database>,
  signed: readonly number[],
  now: Temporal.Instant,
): Promise<number> {
  const { rows } = await sql<{ id: number; digest: string | null; ends: string }>`
    select t.id, t.digest, t.detail ->> 'previewEnds' as ends from telling t
    where t.state = 'waiting' and t.detail ? 'previewEnds' and t.caused_by && ${signed}::bigint[]
      and ${nobodyWaits} for update`.execute(trx);
  const tellAt = rows.map(({ digest, ends }) =>
    nextDigest(later(now, Temporal.Instant.from(ends)), digest ?? undefined).toString(),
  );
  await sql`update telling t set tell_at = least(t.tell_at, v.tell_at), detail = t.detail - 'unsigned'
    from unnest(${rows.map(({ id }) => id)}::bigint[], ${tellAt}::timestamptz[]) as v (id, tell_at)
    where t.id = v.id`.execute(trx);
  return rows.length;
}

function later(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) >= 0 ? one : other;
}

/** Releases the submissions that were waited for long enough, as unsigned, and says so. Returns how many. */
export async function releaseUnsigned(trx: Transaction<Database>, now: Temporal.Instant): Promise<number> {
  const { rows } = await sql<{ id: number }>`update submission
    set released_at = unsigned_from, released_by = ${RELEASED_UNSIGNED}
    where unsigned_from <= ${now.toString()} and signed_off_at is null and released_at is null and withdrawn_at is null
    returning id`.execute(trx);
  if (rows.length === 0) return 0;
  await sql`insert into audit (at, actor, action, subject)
    select ${now.toString()}, 'clock', 'submission-released-unsigned', 'submission ' || id
    from unnest(${rows.map(({ id }) => id)}::bigint[]) id`.execute(trx);
  return rows.length;
}

/** Who released what nobody signed. */
export const RELEASED_UNSIGNED = "time: nobody signed it off";
