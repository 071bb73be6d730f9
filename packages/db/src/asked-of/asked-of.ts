import { asPeriod, dayOf, formatPeriod, type Frequency, nameOfPeriod, periodContaining } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import { type KnownPerson, reachOf } from "../people.ts";
import { askedPath } from "./asked-in-brief.ts";
import { askedRows, type AskedWhat, asWhoIsAsked } from "./asked-rows.ts";
import { listReturns } from "../returns/list-returns.ts";
import type { Database } from "../tables.ts";

/** One thing that is asked of somebody, with its day and without any figure. */
export interface Asked {
  readonly kind: Exclude<AskedWhat, "limits" | "limits-back"> | "runs-out";
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
    datedOf(db, person, now),
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

interface AskedRow extends Omit<Row, "kind" | "path" | "isOver"> {
  readonly what: Exclude<AskedWhat, "limits" | "limits-back">;
  readonly id: number | null;
  readonly plan: number | null;
  readonly action: number | null;
  readonly metric: string | null;
  readonly of: string | null;
  readonly isOver: boolean;
}

/** Requests and signatures; what is asked about limits has no day. */
async function datedOf(db: Kysely<Database>, person: KnownPerson, now: Temporal.Instant): Promise<Asked[]> {
  const since = now.subtract({ hours: 24 * DAYS_SHOWN_AFTER });
  const { rows } = await sql<AskedRow>`
    select a.what, a.key, a.id, a.plan, a.action, a.metric, a.of, a.due_on as "dueOn", a.period as month,
      case a.what when 'sign-off' then 'figures' else coalesce(m.name, 'Figures') end as about,
      coalesce(o.name, a.organisation) as organisation, coalesce(a.frequency, m.frequency, 'monthly') as frequency,
      coalesce(a.ended_at, a.asked_at) as "changedAt", a.ended_at is not null as "isOver"
    from ${askedRows(asWhoIsAsked(person), since)} a
    left join metric m on m.code = a.metric and m.until is null
    left join organisation o on o.code = a.organisation and o.until is null
    where a.due_on is not null`.execute(db);
  return rows.map(({ what, id, plan, action, metric, of, ...row }) =>
    asAsked({ ...row, kind: what, path: askedPath({ what, id, plan, action, metric, of }) }),
  );
}

async function acknowledgementsOf(db: Kysely<Database>, person: KnownPerson, now: Temporal.Instant): Promise<Asked[]> {
  const { rows } = await sql<Row>`
    select 'runs-out' as kind, 'acknowledgement-' || a.id as key, coalesce(m.name, 'Figures') as about,
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
