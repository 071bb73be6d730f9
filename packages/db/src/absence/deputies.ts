import { type Kysely, sql } from "kysely";
import { recordAudit } from "../audit.ts";
import type { Database } from "../tables.ts";

/** Somebody who hears and acts in another's place from one day to another, both included, as London counts them. */
export interface Deputy {
  readonly id: number;
  /** Who is away; addresses in small letters. */
  readonly person: string;
  readonly personName: string;
  readonly deputy: string;
  readonly deputyName: string;
  /** "YYYY-MM-DD" */
  readonly fromDay: string;
  readonly toDay: string;
  readonly reason: string;
  readonly by: string;
  /** Whether the deputy has one too, on some of these days: then messages pass to the next in line. */
  readonly deputyIsAway: boolean;
  readonly endedAt: Temporal.Instant | null;
}

/** Days for which somebody is to stand in. */
export interface ToDeputise {
  readonly person: string;
  readonly deputy: string;
  readonly fromDay: string;
  readonly toDay: string;
  readonly reason: string;
}

/** Why somebody cannot stand in for somebody. */
export type DeputyRefusal =
  | { readonly why: "nobody" | "yourself" | "backwards" | "past" | "too-long" }
  | { readonly why: "overlaps"; readonly with: Deputy };

/** Longer is no absence: the catalogue should say who it is. */
const LONGEST_ABSENCE = { days: 366 } as const;

const nameOf = (column: string) => sql<string>`coalesce((select p.name from person p
  where lower(p.email) = lower(${sql.ref(column)}) order by (p.until is null) desc, p.id desc limit 1), ${sql.ref(column)})`;

const deputyColumns = sql`d.id, lower(d.person) as person, ${nameOf("d.person")} as "personName", lower(d.deputy) as deputy,
  ${nameOf("d.deputy")} as "deputyName", d.from_day as "fromDay", d.to_day as "toDay", d.reason, d.by, d.ended_at as "endedAt",
  exists (select from deputy o where lower(o.person) = lower(d.deputy) and o.ended_at is null
    and o.from_day <= d.to_day and o.to_day >= d.from_day) as "deputyIsAway"`;

/**
 * Names a deputy, with an entry in the audit trail; or says why not. Both must be people of the catalogue in force; days
 * that overlap another deputy of the same person are refused, however many ask at once.
 */
export async function nameDeputy(
  db: Kysely<Database>,
  asked: ToDeputise,
  { actor, today, now }: { actor: string; today: string; now: Temporal.Instant },
): Promise<{ readonly id: number } | DeputyRefusal> {
  const { fromDay, toDay, reason } = asked;
  const [person, deputy] = [asked.person.toLowerCase(), asked.deputy.toLowerCase()];
  if (person === deputy) return { why: "yourself" };
  if (toDay < fromDay) return { why: "backwards" };
  if (toDay < today) return { why: "past" };
  if (Temporal.PlainDate.compare(Temporal.PlainDate.from(fromDay).add(LONGEST_ABSENCE), toDay) < 0)
    return { why: "too-long" };
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(7105, hashtext(${person}))`.execute(trx);
    const { rows: known } = await sql<{ email: string }>`select distinct lower(email) as email from person
      where until is null and lower(email) in (${person}, ${deputy})`.execute(trx);
    if (known.length < 2) return { why: "nobody" };
    const { rows: overlapping } = await sql<Deputy>`select ${deputyColumns} from deputy d
      where lower(d.person) = ${person} and d.ended_at is null and d.from_day <= ${toDay}::date and d.to_day >= ${fromDay}::date
      order by d.from_day limit 1`.execute(trx);
    const [other] = overlapping;
    if (other !== undefined) return { why: "overlaps", with: other };
    const { id } = await trx
      .insertInto("deputy")
      .values({ person, deputy, from_day: fromDay, to_day: toDay, reason, by: actor, at: now.toString() })
      .returning("id")
      .executeTakeFirstOrThrow();
    await recordAudit(trx, {
      at: now,
      actor,
      action: "deputy-named",
      subject: `deputy ${id}`,
      detail: { person, deputy, from: fromDay, to: toDay, ...(reason === "" ? {} : { reason }) },
    });
    return { id };
  });
}

/** Ends a deputy early, of `person` alone where one is given; false where there is none that has not ended. */
export async function endDeputy(
  db: Kysely<Database>,
  { id, person, today }: { id: number; person: string | null; today: string },
  { actor, now }: { actor: string; now: Temporal.Instant },
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ person: string; deputy: string }>`update deputy set ended_at = ${now.toString()}
      where id = ${id} and ended_at is null and to_day >= ${today}::date
        and (${person}::text is null or lower(person) = lower(${person}))
      returning lower(person) as person, lower(deputy) as deputy`.execute(trx);
    const [ended] = rows;
    if (ended === undefined) return false;
    await recordAudit(trx, { at: now, actor, action: "deputy-ended", subject: `deputy ${id}`, detail: { ...ended } });
    return true;
  });
}

export interface DeputyFilter {
  /** Who is away, or who stands in: one of both. */
  readonly of?: string | undefined;
  /** Only those whose last day is not before this one, and that were not ended before it began. */
  readonly since?: string | undefined;
}

/** Deputies by id, after one and at most `limit`. */
export async function listDeputies(
  db: Kysely<Database>,
  { of, since }: DeputyFilter,
  { after = 0, limit }: { after?: number; limit: number },
): Promise<Deputy[]> {
  const { rows } = await sql<Deputy>`select ${deputyColumns} from deputy d
    where d.id > ${after} and (${of ?? null}::text is null or lower(${of ?? null}) in (lower(d.person), lower(d.deputy)))
      and (${since ?? null}::date is null
        or least(d.to_day, (d.ended_at at time zone 'Europe/London')::date) >= ${since ?? null}::date)
    order by d.id limit ${limit}`.execute(db);
  return rows;
}

/** Changes whenever a deputy is named or ended: rows are never taken away. */
export async function deputiesStamp(db: Kysely<Database>): Promise<string> {
  const { rows } = await sql<{
    stamp: string;
  }>`select coalesce(max(id), 0) || ' ' || count(ended_at) as stamp from deputy`.execute(db);
  return rows[0]?.stamp ?? "";
}
