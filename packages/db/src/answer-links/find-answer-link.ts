import type { Frequency, Period } from "@signalbox/domain";
import { dayOf } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import type { Database, RequestKind } from "../tables.ts";
import { isSigned, presentedToken, type SignedLink } from "./answer-token.ts";

/** Why a link does not open: it ran out, was ended, what it asks is over, or its person is asked no more. */
export type LinkOver = "ran-out" | "ended" | "answered" | "no-longer-asked";

/** A link with what it asks of whom. */
export interface AnswerLink extends SignedLink {
  readonly kind: RequestKind;
  readonly organisation: string;
  readonly organisationName: string;
  /** Null of a case that is about no one series. */
  readonly metric: string | null;
  readonly metricName: string | null;
  readonly period: Period;
  readonly frequency: Frequency;
  /** "2026-12-08" */
  readonly dueOn: string;
  readonly expiresAt: Temporal.Instant;
  /** Null while it opens. */
  readonly over: LinkOver | null;
  /** Whether its person is asked by name, or was told in the place of somebody who is and who is out of reach now. */
  readonly isAsked: boolean;
  /** What the catalogue in force says that its person is of this very series. */
  readonly named: "owner" | "author" | null;
}

interface Row extends Omit<AnswerLink, "over"> {
  readonly revoked: boolean;
  readonly answered: boolean;
  readonly ended: boolean;
}

/** The link that a token opens, whether it still does or not; null where the token was not signed here for any. */
export async function findAnswerLink(
  db: Kysely<Database>,
  token: string,
  { secret, now }: { secret: string; now: Temporal.Instant },
): Promise<AnswerLink | null> {
  const presented = presentedToken(token);
  if (presented === null) return null;
  const link = await readAnswerLink(db, presented.id, now);
  if (link === null || !isSigned(presented, link, secret)) return null;
  const isPast = Temporal.Instant.compare(presented.expiresAt, now) <= 0;
  const isSooner = Temporal.Instant.compare(presented.expiresAt, link.expiresAt) < 0;
  const expiresAt = isSooner ? presented.expiresAt : link.expiresAt;
  return { ...link, expiresAt, over: link.over ?? (isPast ? "ran-out" : null) };
}

/** A link by its number, as `now` finds it. */
export async function readAnswerLink(
  db: Kysely<Database>,
  id: number,
  now: Temporal.Instant,
): Promise<AnswerLink | null> {
  const { rows } = await sql<Row>`
    select l.id, l.request, l.escalation, l.person, l.expires_at as "expiresAt", l.revoked_at is not null as revoked,
      r.kind, r.organisation, coalesce(o.name, r.organisation) as "organisationName", r.period, r.due_on as "dueOn",
      r.stage = 'answered' as answered, r.ended_at is not null as ended,
      s.metric, m.name as "metricName", coalesce(e.frequency, m.frequency, 'monthly') as frequency,
      exists (select from unnest(r.recipients) x where lower(x) = l.person)
        or exists (select from unnest(r.recipients) x where
          exists (select from deputy d where lower(d.person) = lower(x) and d.ended_at is null
            and ${dayOf(now).toString()}::date between d.from_day and d.to_day)
          or exists (select from bounce b where lower(b.address) = lower(x) and b.cleared_at is null)
          or (select bool_and(p.until is not null) from person p where lower(p.email) = lower(x))) as "isAsked",
      (select case when lower(x.owner) = l.person then 'owner' else 'author' end from series_detail x
        where x.until is null and x.metric = s.metric and x.organisation = s.organisation
          and l.person in (lower(x.owner), lower(x.author)) limit 1) as named
    from answer_link l join request r on r.id = l.request
    left join escalation e on e.id = l.escalation
    left join series s on s.id = r.series
    left join metric m on m.code = s.metric and m.until is null
    left join organisation o on o.code = r.organisation and o.until is null
    where l.id = ${id}`.execute(db);
  const [row] = rows;
  if (row === undefined) return null;
  const { revoked, answered, ended, ...link } = row;
  const isPast = Temporal.Instant.compare(link.expiresAt, now) <= 0;
  const over = revoked ? "ended" : answered ? "answered" : ended ? "no-longer-asked" : isPast ? "ran-out" : null;
  return { ...link, over };
}
