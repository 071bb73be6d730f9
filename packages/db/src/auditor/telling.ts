import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";
import { find, type Found, FOUND_AT_MOST } from "./found.ts";

/** Receipts older than this were looked at often enough. */
const LOOKED_BACK = "35 days";

const about = sql`coalesce(nullif(concat_ws(' ', ', case ' || t.escalation, ', submission ' || t.submission), ''), '')`;
const seenAt = sql`case when t.escalation is not null then '/escalations/' || t.escalation
  when t.submission is not null then '/submissions/' || t.submission else '/operations#waits' end`;

/** What was to be told by a moment, and of which no notice is made. */
export function tellingsLate(db: Kysely<Database>, before: Temporal.Instant | null): Promise<Found[]> {
  return find(
    db,
    sql<Found>`select t.kind || ', ' || t.reason || ${about} as what, ${seenAt} as place, t.tell_at as since
    from telling t where t.state = 'waiting' and t.tell_at <= ${before?.toString() ?? null}::timestamptz
    order by t.id limit ${FOUND_AT_MOST}`,
  );
}

/** What was told of late, and of which there is no notice though nobody was told of it otherwise. */
export function tellingsWithoutNotice(db: Kysely<Database>, now: Temporal.Instant | null): Promise<Found[]> {
  return find(
    db,
    sql<Found>`select t.kind || ', ' || t.reason || ${about} as what, ${seenAt} as place, t.made_at as since
    from telling t
    where t.state = 'made' and t.made_at > ${now?.toString() ?? null}::timestamptz - ${LOOKED_BACK}::interval
      and not t.detail ? 'except' and not exists (select from notice n where n.telling = t.id)
      and not exists (select from telling o where starts_with(o.key, t.key || ' put off, notice '))
      and exists (select from person p where p.until is null and p.role = 'operator')
    order by t.id limit ${FOUND_AT_MOST}`,
  );
}

/** Notices made before a moment that have not left; mail that is held waits for a person, who sees it. */
export function noticesStuck(db: Kysely<Database>, before: Temporal.Instant | null): Promise<Found[]> {
  return find(
    db,
    sql<Found>`select n.kind || ', ' || n.reason || ': notice ' || n.id || ' is ' || n.status as what,
      case when n.escalation is not null then '/escalations/' || n.escalation else '/operations#waits' end as place, n.made_at as since
    from notice n left join mail m on m.id = n.mail
    where n.status in ('pending', 'sending', 'unknown') and n.made_at <= ${before?.toString() ?? null}::timestamptz
      and m.status is distinct from 'held'
    order by n.id limit ${FOUND_AT_MOST}`,
  );
}

/** Notices that count as sent, and have no mail with a Message-ID that was sent. */
export function sentWithoutReceipt(db: Kysely<Database>, now: Temporal.Instant | null): Promise<Found[]> {
  return find(
    db,
    sql<Found>`select n.kind || ', ' || n.reason || ': notice ' || n.id || ' has no receipt' as what,
      case when n.escalation is not null then '/escalations/' || n.escalation else '/operations' end as place, n.made_at as since
    from notice n left join mail m on m.id = n.mail
    where n.status = 'sent' and n.made_at > ${now?.toString() ?? null}::timestamptz - ${LOOKED_BACK}::interval
      and (n.sent_at is null or m.id is null or m.message_id !~ '^<.+@.+>$' or m.sent_at is null or m.status <> 'sent')
    order by n.id limit ${FOUND_AT_MOST}`,
  );
}

/** Mails that failed before a moment, and that nobody has sent again or dismissed. */
export function mailsGivenUp(db: Kysely<Database>, before: Temporal.Instant | null): Promise<Found[]> {
  return find(
    db,
    sql<Found>`select 'A mail of the kind ' || m.kind as what, '/operations#failed' as place, m.made_at as since
    from mail m where m.status = 'failed' and m.dismissed_at is null and m.made_at <= ${before?.toString() ?? null}::timestamptz
    order by m.id limit ${FOUND_AT_MOST}`,
  );
}
