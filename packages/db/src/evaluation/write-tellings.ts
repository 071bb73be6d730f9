import { sql, type Transaction } from "kysely";
import { handOnToOtherCases } from "../actions/hand-on.ts";
import { copyInto } from "../copy.ts";
import { givesWay, mayGiveWay } from "../overtaken.ts";
import { isKeptReview } from "../steps/kept-review.ts";
import { takeBackWords } from "../steps/take-back-words.ts";
import type { Database, RequestKind } from "../tables.ts";

/** Something people are to be told, when `tellAt` has come: those of `forums` and those named in `recipients`. */
export interface TellingRow {
  readonly kind: string;
  readonly reason: string;
  readonly escalation: number | null;
  readonly event: number | null;
  readonly submission: number | null;
  readonly series: number | null;
  readonly organisation: string | null;
  readonly period: number | null;
  readonly forums: readonly string[];
  readonly recipients: readonly string[];
  readonly tellAt: Temporal.Instant;
  /** The digest setting that `tellAt` was reckoned by ("08:30", "PT0S"); null for at once. */
  readonly digest: string | null;
  readonly causedBy: readonly number[];
  readonly detail: Readonly<Record<string, unknown>>;
  /** One telling a key, ever: law 5. */
  readonly key: string;
}

const columns =
  "kind reason escalation event submission series organisation period forums recipients tell_at digest caused_by detail key".split(
    " ",
  );

/** Adds tellings; one whose key is there already stays as it is. */
export async function writeTellings(trx: Transaction<Database>, tellings: readonly TellingRow[]): Promise<void> {
  if (tellings.length === 0) return;
  await sql`create temp table if not exists new_telling (like telling) on commit delete rows`.execute(trx);
  await sql`alter table new_telling alter column id drop not null, alter column state drop not null`.execute(trx);
  await sql`truncate new_telling`.execute(trx);
  await copyInto(
    trx,
    "new_telling",
    columns,
    tellings.map((t) => [
      t.kind,
      t.reason,
      t.escalation,
      t.event,
      t.submission,
      t.series,
      t.organisation,
      t.period,
      t.forums,
      t.recipients,
      t.tellAt.toString(),
      t.digest,
      t.causedBy,
      JSON.stringify(t.detail),
      t.key,
    ]),
  );
  const list = sql.raw(columns.join(", "));
  await sql`insert into telling (${list}) select ${list} from new_telling on conflict (key) do nothing`.execute(trx);
}

/**
 * A digest setting that is a duration counts from the last decision: what would leave by the same setting within it waits
 * until it is over. What a preview holds back until later is not moved, nor does it move anything.
 */
export async function waitForLastDecision(
  trx: Transaction<Database>,
  digest: string,
  { from, to }: { from: Temporal.Instant; to: Temporal.Instant },
): Promise<void> {
  await sql`update telling set tell_at = ${to.toString()} where state = 'waiting' and digest = ${digest}
    and tell_at > ${from.toString()} and tell_at < ${to.toString()}`.execute(trx);
}

/**
 * Takes back requests for commentary that rest on a limit alone and no case, by key; what has left stays told. The keys are free again, should the
 * figure be past that limit once more.
 */
export async function takeBackDraftRequests(
  trx: Transaction<Database>,
  keys: readonly string[],
  now: Temporal.Instant,
): Promise<void> {
  if (keys.length === 0) return;
  const told = keys.map((key) => `request:${key}`);
  await sql`update notice n set ${givesWay} where ${mayGiveWay} and n.telling in (
    select id from telling where key = any(${told}) and reason in ('draft-threshold', 'slt-limit'))`.execute(trx);
  await sql`update telling t set state = 'dropped', key = t.key || ' taken back ' || t.id
    where key = any(${told}) and reason in ('draft-threshold', 'slt-limit')
      and not exists (select from notice n where n.telling = t.id and n.status <> 'superseded')`.execute(trx);
  await sql`update request set stage = 'withdrawn', next_at = null, ended_at = ${now.toString()},
      key = key || ' taken back ' || id
    where key = any(${keys}) and escalation is null and stage not in ('answered', 'withdrawn')
      and not exists (select from telling t where t.key = 'request:' || request.key)`.execute(trx);
}

/** A request that someone is to answer by a day. */
export interface RequestRow {
  readonly kind: RequestKind;
  readonly key: string;
  readonly escalation: number | null;
  readonly series: number | null;
  readonly organisation: string;
  readonly period: number;
  readonly recipients: readonly string[];
  readonly dueOn: string;
  /** When the first reminder falls due; null for none. */
  readonly nextAt: Temporal.Instant | null;
  readonly action?: number | null;
  readonly plan?: number | null;
  /** Onto whose agenda it goes when nobody answers. */
  readonly forum?: string | null;
  /** Of a quiet one nobody is written to. */
  readonly quiet?: boolean;
  readonly why?: string;
  /** Who asked, where a person did. */
  readonly askedBy?: string | null;
}

/** What gives way to each kind, of what was asked about the same case. */
const GIVES_WAY: Readonly<Partial<Record<RequestKind, readonly RequestKind[]>>> = {
  "action-plan": ["action-plan", "commentary"],
  commentary: ["action-plan", "commentary", "acknowledgement"],
  acknowledgement: ["acknowledgement"],
};

/**
 * Adds requests; one whose key is there already stays as it is. Where an owner or author is asked anew about a case, what
 * they were asked before gives way; and whatever is asked takes the place of looking at a case of which nothing else was.
 */
export async function writeRequests(
  trx: Transaction<Database>,
  requests: readonly RequestRow[],
  now: Temporal.Instant,
): Promise<void> {
  if (requests.length === 0) return;
  const giving = requests.flatMap(({ escalation, kind }) =>
    escalation === null ? [] : (GIVES_WAY[kind] ?? []).map((before) => ({ escalation, before })),
  );
  const asked = requests.flatMap(({ escalation }) => escalation ?? []);
  // A case that was accepted for now, or was to wait, is asked about anew when it steps up.
  const plans = requests.flatMap(({ escalation, kind }) => (kind === "action-plan" ? (escalation ?? []) : []));
  const at = now.toString();
  const { rows: gone } = await sql<{
    id: number;
    key: string;
  }>`update request r set stage = 'withdrawn', next_at = null, ended_at = ${at}
    where r.ended_at is null and r.key <> all(${requests.map(({ key }) => key)}) and (
      (r.escalation, r.kind) in (select * from unnest(${giving.map(({ escalation }) => escalation)}::bigint[],
        ${giving.map(({ before }) => before)}::text[]))
      or r.escalation = any(${asked}::bigint[]) and ${isKeptReview}
      or r.escalation = any(${plans}::bigint[]) and r.kind = 'review' and r.key like 'review:%:choice-%')
    returning r.id, r.key`.execute(trx);
  if (gone.length > 0) await takeBackWords(trx, gone);
  await sql`insert into request (kind, key, escalation, series, organisation, period, recipients, asked_at, due_on, next_at,
      action, plan, forum, quiet, why, asked_by)
    select kind, key, escalation, series, organisation, period,
      array(select jsonb_array_elements_text(recipients)), ${at}, due_on, next_at,
      action, plan, forum, coalesce(quiet, false), coalesce(why, ''), asked_by
    from jsonb_to_recordset(${JSON.stringify(requests.map(recordOf))}::jsonb)
      as r(kind text, key text, escalation bigint, series int, organisation text, period int, recipients jsonb,
        due_on date, next_at timestamptz, action bigint, plan bigint, forum text, quiet boolean, why text, asked_by text)
    on conflict (key) do nothing`.execute(trx);
}

function recordOf(request: RequestRow) {
  const { dueOn, nextAt, askedBy, ...as } = request;
  return { ...as, due_on: dueOn, next_at: nextAt?.toString() ?? null, asked_by: askedBy ?? null };
}

/** Ends the open requests of cases that have ended, and what was still to be told of them. */
export async function endRequests(
  trx: Transaction<Database>,
  cases: readonly number[],
  now: Temporal.Instant,
): Promise<void> {
  if (cases.length === 0) return;
  await handOnToOtherCases(trx, cases);
  await sql`update request set stage = 'withdrawn', next_at = null, ended_at = ${now.toString()}, ended_with_case = true
    where escalation = any(${cases}) and stage not in ('answered', 'withdrawn')`.execute(trx);
  const asking = sql`escalation = any(${cases})
    and kind in ('action-plan-request', 'commentary-request', 'request', 'reminder', 'overdue')`;
  await sql`update telling set state = 'dropped' where ${asking} and state = 'waiting'`.execute(trx);
  await sql`update notice n set ${givesWay} where ${asking} and ${mayGiveWay}`.execute(trx);
}
