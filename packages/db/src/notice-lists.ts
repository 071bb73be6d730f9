import { type Kysely, sql } from "kysely";
import type { Database, NoticeTable } from "./tables.ts";
import type { Visible } from "./visible-organisations.ts";

/** What one person is told, and how far that got. */
export interface NoticeRecord {
  readonly id: number;
  readonly kind: string;
  readonly reason: string;
  readonly recipient: string;
  readonly escalation: number | null;
  readonly status: "pending" | "sending" | "sent" | "failed" | "unknown" | "superseded";
  readonly messageId: string | null;
  readonly sentAt: Temporal.Instant | null;
  readonly madeAt: Temporal.Instant;
}

interface NoticeRow extends Pick<NoticeTable, "kind" | "reason" | "recipient" | "escalation"> {
  readonly id: number;
  readonly status: NoticeRecord["status"];
  readonly message_id: string | null;
  readonly sent_at: Temporal.Instant | null;
  readonly made_at: Temporal.Instant;
}

const columns = sql`n.id, n.kind, n.reason, n.recipient, n.escalation, n.status, n.sent_at, n.made_at, m.message_id`;
const sources = sql`notice n
  join telling t on t.id = n.telling
  left join mail m on m.id = n.mail
  left join escalation e on e.id = n.escalation
  left join submission s on s.id = n.submission`;
/** A notice is of the organisation of its case, else of what it tells of, else of its submission. */
const ofVisible = (visible: Visible) =>
  visible === null
    ? sql`true`
    : sql`coalesce(e.organisation, t.organisation, s.organisation) = any(${visible}::text[])`;

/** At most `limit` notices after an id, in order of id. */
export async function listNotices(
  db: Kysely<Database>,
  filter: { visible: Visible; escalation?: number | undefined; recipient?: string | undefined },
  page: { after: number; limit: number },
): Promise<NoticeRecord[]> {
  const escalation = filter.escalation === undefined ? sql`true` : sql`n.escalation = ${filter.escalation}`;
  const recipient = filter.recipient === undefined ? sql`true` : sql`lower(n.recipient) = lower(${filter.recipient})`;
  const { rows } = await sql<NoticeRow>`select ${columns} from ${sources}
    where n.id > ${page.after} and ${escalation} and ${recipient} and ${ofVisible(filter.visible)}
    order by n.id limit ${page.limit}`.execute(db);
  return rows.map(asNotice);
}

/** The notices of several cases, by case, in order of id. */
export async function noticesOf(
  db: Kysely<Database>,
  escalations: readonly number[],
): Promise<ReadonlyMap<number | null, NoticeRecord[]>> {
  const { rows } = await sql<NoticeRow>`select ${columns} from notice n left join mail m on m.id = n.mail
    where n.escalation = any(${escalations}::bigint[]) order by n.id`.execute(db);
  return Map.groupBy(rows.map(asNotice), ({ escalation }) => escalation);
}

/** The mail that carried a notice; `others` where it tells of what its reader may not see, too. */
export type NoticeMessage =
  | { readonly kind: "mail"; readonly raw: Buffer }
  | { readonly kind: "others" }
  /** It carries a link by which its recipient, and whoever holds it, answers. */
  | { readonly kind: "link" };

/**
 * The mail that carried a notice, byte for byte; null where there is no such notice to see, or no mail yet or any more.
 * One mail carries all that a person is told at once: whoever is not its recipient reads it only where they may see
 * everything that it tells of, and, while a link in it lets its holder answer, only where they may hold such links.
 */
export async function readNoticeMessage(
  db: Kysely<Database>,
  notice: number,
  { visible, reader, holdsLinks }: { visible: Visible; reader: string | null; holdsLinks: boolean },
  now: Temporal.Instant,
): Promise<NoticeMessage | null> {
  const isTheirs = reader === null ? sql`false` : sql`lower(m.recipient) = lower(${reader})`;
  const { rows } = await sql<{ raw: Buffer | null; others: boolean; link: boolean }>`
    with asked as (
      select m.id, m.raw, ${isTheirs} as theirs from ${sources}
      where n.id = ${notice} and (${isTheirs} or ${ofVisible(visible)}))
    select raw, not theirs and exists (
      select from ${sources} where n.mail = asked.id and ${ofVisible(visible)} is not true) as others,
      not theirs and ${!holdsLinks} and exists (
        select from notice o join mail m on m.id = o.mail join answer_link l on l.person = lower(m.recipient)
        join request r on r.id = l.request and r.ended_at is null
        where o.mail = asked.id and o.escalation is not distinct from l.escalation
          and l.revoked_at is null and l.expires_at > ${now.toString()}) as link
    from asked`.execute(db);
  const [found] = rows;
  if (!found?.raw) return null;
  if (found.others) return { kind: "others" };
  return found.link ? { kind: "link" } : { kind: "mail", raw: found.raw };
}

function asNotice(row: NoticeRow): NoticeRecord {
  const { id, kind, reason, recipient, escalation, status } = row;
  return {
    id,
    kind,
    reason,
    recipient,
    escalation,
    status,
    messageId: row.message_id,
    sentAt: row.sent_at,
    madeAt: row.made_at,
  };
}
