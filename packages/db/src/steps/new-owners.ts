import { sql, type Transaction } from "kysely";
import type { Database, RequestKind } from "../tables.ts";
import { KIND_OF_MAIL } from "./ask.ts";
import { takeBackWords } from "./take-back-words.ts";

/** What may change hands with the catalogue; people whom a plan or a meeting names are asked by name. */
const CHANGES_HANDS: readonly RequestKind[] = [
  "acknowledgement",
  "action-plan",
  "commentary",
  "risk",
  "embedding",
  "challenge",
  "plan-decision",
  "case-sign-off",
];

/** An open request of an owner, an author or a forum, as the catalogue's change may concern it. */
export interface HeldRequest {
  readonly id: number;
  readonly key: string;
  readonly kind: RequestKind;
  readonly metric: string | null;
  readonly organisation: string;
  readonly period: number;
  readonly recipients: readonly string[];
  /** Whether a person asked, and so may have named somebody else. */
  readonly byHand: boolean;
  readonly forum: string | null;
  /** Of a challenge: whether its owner is asked or its chair. */
  readonly seat: string;
}

/**
 * Takes up what is asked of owners, authors and forums, if the catalogue has changed since it was last looked at; else null. Another
 * who looks at the same time waits, and then finds nothing.
 */
export async function heldByOwners(
  trx: Transaction<Database>,
  version: number,
  now: Temporal.Instant,
): Promise<HeldRequest[] | null> {
  const { rows: before } = await sql<{
    version: number;
  }>`select catalogue_version as version from owners_looked_at`.execute(trx);
  const { rows: looked } = await sql`insert into owners_looked_at as l (catalogue_version) values (${version})
    on conflict (only_row) do update set catalogue_version = excluded.catalogue_version
    where l.catalogue_version < excluded.catalogue_version returning 1`.execute(trx);
  if (looked.length === 0) return null;
  await lookAnew(trx, before[0]?.version ?? version, now);
  const { rows } = await sql<HeldRequest>`
    select r.id, r.key, r.kind, s.metric, r.organisation, r.period, r.recipients, r.asked_by is not null as "byHand", r.forum,
      case r.kind when 'challenge' then split_part(r.key, ':', 5) else '' end as seat
    from request r left join series s on s.id = r.series
    where r.ended_at is null and r.kind = any(${[...CHANGES_HANDS]}::text[]) order by r.id for update of r`.execute(
    trx,
  );
  return rows;
}

/** A protocol that is new since then may chase what the one before did not: all that nobody chases is looked at once. */
async function lookAnew(trx: Transaction<Database>, since: number, now: Temporal.Instant): Promise<void> {
  await sql`update request r set next_at = ${now.toString()} where r.ended_at is null and r.next_at is null
    and exists (select from protocol p where p.until is null and p.since > ${since})`.execute(trx);
}

/** A request, and whom it is asked of from now on. */
export interface HandedOn {
  readonly request: Pick<HeldRequest, "id" | "key" | "kind" | "recipients">;
  readonly to: readonly string[];
}

/**
 * Hands open requests on: what was planned for those who were asked is taken back, and whoever is new to it is asked, once, by
 * the same day. Of what is asked together with a plan the plan's letter speaks.
 */
export async function handOn(
  trx: Transaction<Database>,
  handed: readonly HandedOn[],
  { today, now }: { today: string; now: Temporal.Instant },
): Promise<void> {
  if (handed.length === 0) return;
  const ids = handed.map(({ request }) => request.id);
  const to = JSON.stringify(handed.map((one) => one.to));
  const keys = handed.map(({ request }) => `request:${request.key}`);
  const { rows } = await sql<{
    key: string;
  }>`select key from telling where state = 'waiting' and key = any(${keys})`.execute(trx);
  // Of what was not told yet all are told anew, not only who is new to it.
  const unsaid = new Set(rows.map(({ key }) => key));
  await takeBackWords(
    trx,
    handed.map(({ request }) => request),
  );
  await sql`update request r set heard_on = ${today}, recipients = array(select jsonb_array_elements_text(v.recipients))
    from unnest(${ids}::bigint[], array(select jsonb_array_elements(${to}::jsonb))) as v (id, recipients)
    where r.id = v.id`.execute(trx);
  const known = new Set(
    handed.flatMap(({ request }) => request.recipients.map((one) => `${request.id} ${one.toLowerCase()}`)),
  );
  const newcomers = handed.flatMap(({ request, to: people }) => {
    const isUnsaid = unsaid.has(`request:${request.key}`);
    const fresh = people.filter((one) => isUnsaid || !known.has(`${request.id} ${one.toLowerCase()}`));
    return fresh.length === 0 && people.length > 0
      ? []
      : [
          {
            id: request.id,
            kind: KIND_OF_MAIL[request.kind] ?? "request",
            people: fresh,
            names: fresh.toSorted().join(","),
          },
        ];
  });
  await sql`insert into telling (kind, reason, escalation, event, series, organisation, period, recipients, tell_at, detail, key)
    select v.kind, coalesce(t.reason, 'asked-' || r.kind), r.escalation, t.event, r.series, r.organisation, r.period,
      array(select jsonb_array_elements_text(v.people)), greatest(${now.toString()}::timestamptz, case when t.state = 'dropped' then t.tell_at end),
      coalesce(t.detail, jsonb_build_object('title', coalesce(m.name, 'Figures'), 'organisation', o.name)) - '{except}'::text[]
        || jsonb_build_object('dueOn', r.due_on, 'asksFor', r.kind),
      'request:' || r.key || ' to ' || coalesce(nullif(v.names, ''), 'nobody')
    from jsonb_to_recordset(${JSON.stringify(newcomers)}::jsonb) as v(id bigint, kind text, people jsonb, names text)
    join request r on r.id = v.id
    left join telling t on t.key = 'request:' || r.key
    left join series s on s.id = r.series
    left join metric m on m.code = s.metric and m.until is null
    left join organisation o on o.code = r.organisation and o.until is null
    where not r.quiet and (r.kind <> 'acknowledgement' or not exists (select from request p where p.escalation = r.escalation
      and p.kind = 'action-plan' and p.ended_at is null))
    on conflict (key) do nothing`.execute(trx);
}
