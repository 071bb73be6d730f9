import { type Kysely, sql } from "kysely";
import { gateAt, type MailGroup, mayLeave, ownerHasHeard, ownersToHear, unheard } from "./notices.ts";
import type { Database } from "./tables.ts";

/** A notice of a series that may leave, as far as it says which picture belongs in its mail. */
export interface NoticeToPicture extends MailGroup {
  readonly series: number;
  readonly period: number;
  readonly tier: string | null;
  readonly rag: string | null;
  readonly title: string | null;
  readonly organisation: string | null;
}

/** The kinds of mail in which a series is pictured. */
const PICTURED = ["digest", "action-plan-request", "commentary-request"];

/**
 * What may leave just now, up to a notice, of which a picture can be drawn: digests, or all other kinds. Nothing is locked:
 * pictures are drawn before notices are claimed, and one that goes otherwise meanwhile has only cost its picture.
 */
export async function noticesToPicture(
  db: Kysely<Database>,
  { digests, through, now }: { digests: boolean; through: number; now: Temporal.Instant },
): Promise<NoticeToPicture[]> {
  const { rows } = await sql<NoticeToPicture>`with ${gateAt(now)}, ${unheard}
    select n.recipient, n.kind, t.series, t.period, t.detail ->> 'tier' as tier, t.detail ->> 'rag' as rag,
      t.detail ->> 'title' as title, t.detail ->> 'organisation' as organisation
    from notice n join telling t on t.id = n.telling ${ownersToHear} cross join gate
    where ${mayLeave} and ${ownerHasHeard} and n.kind = any(${PICTURED}::text[]) and (n.kind = 'digest') = ${digests} and n.id <= ${through}
      and t.series is not null and t.period is not null and t.reason <> 'summary'
      and not exists (select from mail m where m.status = 'deferred' and m.recipient = n.recipient and m.kind = n.kind
        and m.next_attempt_at > clock_timestamp())
    order by n.id`.execute(db);
  return rows;
}
