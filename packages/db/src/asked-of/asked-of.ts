import { asPeriod, dayOf, formatPeriod, type Frequency, nameOfPeriod, periodContaining } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import { type KnownPerson, reachOf } from "../people.ts";
import { listReturns } from "../returns/list-returns.ts";
import type { Database } from "../tables.ts";
import { isVisible } from "../visible-organisations.ts";

/** One thing that is asked of somebody, with its day and without any figure. */
export interface Asked {
  readonly kind: "action-plan" | "commentary" | "return" | "sign-off" | "acknowledgement";
  /** The same for the same thing, whenever it is asked. */
  readonly key: string;
  /** The metric, or the return, it is about: "4-hour A&E", "Monthly figures". */
  readonly about: string;
  readonly organisation: string;
  readonly period: string;
  readonly dueOn: Temporal.PlainDate;
  /** Where it is done: a path of the web application. */
  readonly path: string;
  /** When it was asked, or last changed; null where nobody recorded it. */
  readonly changedAt: Temporal.Instant | null;
  /** Done, or no longer wanted. */
  readonly isOver: boolean;
}

const DAYS_SHOWN_AFTER = 60;
const RETURNS_AT_MOST = 500;

/**
 * What is asked of somebody: returns of whom they submit for, requests that name them, signatures of their organisations, and
 * cases that they acknowledged and that nothing has followed. What is over stays for 60 days, so that a calendar can strike it out.
 */
export async function askedOf(db: Kysely<Database>, person: KnownPerson, now: Temporal.Instant): Promise<Asked[]> {
  const found = await Promise.all([
    requestsOf(db, person, now),
    signOffsOf(db, person, now),
    acknowledgementsOf(db, person, now),
    returnsOf(db, person, now),
  ]);
  return found.flat().toSorted((a, b) => Temporal.PlainDate.compare(a.dueOn, b.dueOn) || (a.key < b.key ? -1 : 1));
}

interface Row extends Omit<Asked, "dueOn" | "period"> {
  readonly dueOn: string;
  readonly month: number | null;
  readonly frequency: Frequency;
}

function asAsked({ dueOn, month, frequency, ...row }: Row): Asked {
  const period = month === null ? "" : nameOfPeriod(asPeriod(month), frequency);
  return { ...row, period, dueOn: Temporal.PlainDate.from(dueOn) };
}

const earliest = (now: Temporal.Instant) => now.subtract({ hours: 24 * DAYS_SHOWN_AFTER }).toString();

async function requestsOf(db: Kysely<Database>, person: KnownPerson, now: Temporal.Instant): Promise<Asked[]> {
  const { rows } = await sql<Row & { readonly metric: string | null; readonly of: string | null }>`
    select q.kind, 'request-' || q.id as key, coalesce(m.name, 'Figures') as about, coalesce(o.name, q.organisation) as organisation,
      q.period as month, coalesce(e.frequency, m.frequency, 'monthly') as frequency, q.due_on as "dueOn",
      coalesce('/escalations/' || q.escalation, '/submissions') as path, s.metric, s.organisation as "of", coalesce(q.ended_at, q.asked_at) as "changedAt",
      q.ended_at is not null as "isOver"
    from request q
    left join escalation e on e.id = q.escalation
    left join series s on s.id = q.series
    left join metric m on m.code = s.metric and m.until is null
    left join organisation o on o.code = q.organisation and o.until is null
    where exists (select from unnest(q.recipients) r where lower(r) = ${person.email})
      and (q.ended_at is null or q.ended_at > ${earliest(now)})`.execute(db);
  // Of limits in draft no case asks: what is asked for is about the series itself.
  return rows.map(({ metric, of, ...row }) => {
    const isOfSeries = row.path === "/submissions" && metric !== null && of !== null;
    const path = isOfSeries ? `/series/${encodeURIComponent(metric)}/${encodeURIComponent(of)}` : row.path;
    return asAsked({ ...row, path });
  });
}

async function signOffsOf(db: Kysely<Database>, person: KnownPerson, now: Temporal.Instant): Promise<Asked[]> {
  const { rows } = await sql<Row>`
    select 'sign-off' as kind, 'sign-off-' || b.id as key, 'figures' as about, coalesce(o.name, b.organisation) as organisation,
      null as month, 'monthly' as frequency, (b.unsigned_from at time zone 'Europe/London')::date as "dueOn",
      '/submissions/' || b.id as path, coalesce(b.signed_off_at, b.released_at, b.withdrawn_at, b.sign_off_asked_at) as "changedAt",
      coalesce(b.signed_off_at, b.released_at, b.withdrawn_at) is not null as "isOver"
    from submission b left join organisation o on o.code = b.organisation and o.until is null
    where b.sign_off_asked_at > ${earliest(now)} and b.unsigned_from is not null
      and ${isVisible("b.organisation", reachOf(person, "executive"))}`.execute(db);
  return rows.map(asAsked);
}

async function acknowledgementsOf(db: Kysely<Database>, person: KnownPerson, now: Temporal.Instant): Promise<Asked[]> {
  const { rows } = await sql<Row>`
    select 'acknowledgement' as kind, 'acknowledgement-' || a.id as key, coalesce(m.name, 'Figures') as about,
      coalesce(o.name, e.organisation) as organisation, e.raised_in as month, e.frequency, a.expires_on as "dueOn",
      '/escalations/' || e.id as path, coalesce(a.ended_at, a.at) as "changedAt",
      (a.ended_at is not null or not e.standing) as "isOver"
    from acknowledgement a join escalation e on e.id = a.escalation
    left join metric m on m.code = e.metric and m.until is null
    left join organisation o on o.code = e.organisation and o.until is null
    where lower(a.by) = ${person.email} and a.expires_on is not null
      and (a.ended_at is null or a.ended_at > ${earliest(now)})`.execute(db);
  return rows.map(asAsked);
}

const OPEN: ReadonlySet<string> = new Set(["due", "late", "partial", "missing-named-by-publisher"]);
const NEVER_OWED: ReadonlySet<string> = new Set(["closed", "not-open"]);

/** Returns that are due now or come next: of the period that goes on, and of those before whose day is not long gone. */
async function returnsOf(db: Kysely<Database>, person: KnownPerson, now: Temporal.Instant): Promise<Asked[]> {
  const visible = reachOf(person, "submitter");
  if (visible !== null && visible.length === 0) return [];
  const running = periodContaining(dayOf(now), "monthly");
  const filter = { visible, from: running - 3, to: running };
  const found = await listReturns(db, filter, { after: null, limit: RETURNS_AT_MOST, now });
  return found
    .filter(({ status }) => !NEVER_OWED.has(status))
    .map(({ organisation, name, frequency, dueWorkingDay, period, dueOn, status, receivedAt }) => ({
      kind: "return",
      key: `return-${organisation}-${frequency}-${dueWorkingDay}-${period}`,
      about: `${frequency} figures`,
      organisation: name,
      period: nameOfPeriod(period, frequency),
      dueOn,
      path: `/returns/${encodeURIComponent(organisation)}/${frequency}/${dueWorkingDay}/${formatPeriod(period, "monthly")}`,
      changedAt: receivedAt,
      isOver: !OPEN.has(status),
    }));
}
