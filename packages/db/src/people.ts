import { ORGANISATION_KINDS, type OrganisationKind } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import { SEES_ALL, type Sight } from "./sight.ts";
import type { Database } from "./tables.ts";
import type { Visible } from "./visible-organisations.ts";

/** What somebody may be who signs in: of an organisation, of a forum, or of the whole system. */
export const SIGN_IN_ROLES = [
  "submitter",
  "owner",
  "author",
  "executive",
  "analyst",
  "chair",
  "member",
  "secretary",
  "observer",
  "operator",
  "auditor",
  "administrator",
] as const;
const SYSTEM_ROLES = ["operator", "auditor", "administrator"] as const;

/** A row of the catalogue that lets somebody sign in: it names an organisation or a forum, or is a role of the system. */
export const maySignIn = sql<boolean>`(p.until is null and p.role = any(${[...SIGN_IN_ROLES]}::text[])
  and (p.organisation is not null or p.forum is not null or p.role = any(${[...SYSTEM_ROLES]}::text[])))`;

/** A person of the catalogue in force, and how far each of their roles reaches. */
export interface KnownPerson {
  /** In small letters. */
  readonly email: string;
  readonly name: string;
  readonly isOperator: boolean;
  readonly isAuditor: boolean;
  readonly isAdministrator: boolean;
  /** By role of an organisation, the organisations it reaches, those below included; null is all of them. */
  readonly reach: ReadonlyMap<string, Visible>;
  /** By role of a forum (chair, member, secretary, observer), the forums it is held in; those below are not named. */
  readonly seats: ReadonlyMap<string, readonly string[]>;
  /** Of those seats the ones that are their own, whomever they stand in for. */
  readonly ownSeats: ReadonlyMap<string, readonly string[]>;
  readonly sight: Sight;
  /** Whose deputy they are today; their reach, seats and sight are among this person's. */
  readonly standsInFor: readonly StoodInFor[];
}

/** Somebody who is away, and until when ("YYYY-MM-DD"). */
export interface StoodInFor {
  readonly email: string;
  readonly name: string;
  readonly until: string;
}

interface ReachedRow {
  readonly role: string;
  readonly all: boolean;
  readonly codes: readonly string[];
  readonly seats: readonly string[] | null;
  readonly ownSeats: readonly string[];
  readonly forums: readonly string[];
  readonly levels: readonly OrganisationKind[];
  readonly own: string | null;
  readonly standing: readonly StoodInFor[] | null;
}

/**
 * Somebody of the catalogue in force who may sign in; null where the address is nobody's. On a day ("YYYY-MM-DD") they also
 * are what those are whose deputy they then are, one step on and no further; roles of the whole system are nobody's to pass on.
 */
export async function findPerson(
  db: Kysely<Database>,
  email: string,
  today: string | null = null,
): Promise<KnownPerson | null> {
  const { rows } = await sql<ReachedRow>`
    with recursive own as (
      select p.name, p.role, p.organisation, p.forum from person p where ${maySignIn} and lower(p.email) = lower(${email})),
    away as (
      select lower(d.person) as email, max(d.to_day) as until from deputy d
      where lower(d.deputy) = lower(${email}) and d.ended_at is null and ${today}::date between d.from_day and d.to_day
        and exists (select from own)
      group by lower(d.person)),
    mine as (
      select * from own
      union all select p.name, p.role, p.organisation, p.forum from away a join person p on lower(p.email) = a.email
      where ${maySignIn} and p.role <> all(${[...SYSTEM_ROLES]}::text[])),
    below (role, code, kind) as (
      select m.role, o.code, o.kind from mine m join organisation o on o.code = m.organisation and o.until is null
      union
      select b.role, child.code, child.kind from organisation child join below b on b.code = child.parent
      where child.until is null),
    under (code) as (
      select f.code from mine m join forum f on f.code = m.forum and f.until is null where m.organisation is null
      union
      select child.code from forum child join under on under.code = child.parent where child.until is null)
    select m.role, (select min(name) from own) as own,
      (select json_agg(json_build_object('email', a.email, 'until', to_char(a.until, 'YYYY-MM-DD'),
        'name', coalesce((select min(p.name) from person p where p.until is null and lower(p.email) = a.email), a.email))
        order by a.email) from away a) as standing,
      coalesce((select bool_or(b.kind = 'system') from below b where b.role = m.role), false) as "all",
      array(select b.code from below b where b.role = m.role order by b.code) as codes,
      array_remove(array_agg(distinct m.forum) filter (where m.organisation is null), null) as seats,
      array(select distinct o.forum from own o where o.role = m.role and o.organisation is null and o.forum is not null)
        as "ownSeats",
      array(select code from under order by code) as forums,
      coalesce((select array(select jsonb_array_elements_text(body -> 'escalate')) from protocol
        where until is null and body ? 'escalate'), ${[...ORGANISATION_KINDS]}::text[]) as levels
    from mine m group by m.role order by m.role`.execute(db);
  const [first] = rows;
  if (first === undefined) return null;
  const ofOrganisations = rows.filter(({ codes }) => codes.length > 0);
  const person = {
    email: email.toLowerCase(),
    name: first.own ?? email,
    standsInFor: first.standing ?? [],
    isOperator: rows.some(({ role }) => role === "operator"),
    isAuditor: rows.some(({ role }) => role === "auditor"),
    isAdministrator: rows.some(({ role }) => role === "administrator"),
    reach: new Map(ofOrganisations.map(({ role, all, codes }): [string, Visible] => [role, all ? null : codes])),
    seats: new Map(rows.flatMap(({ role, seats }) => (seats !== null && seats.length > 0 ? [[role, seats]] : []))),
    ownSeats: new Map(rows.map(({ role, ownSeats }): [string, readonly string[]] => [role, ownSeats])),
  };
  const seesAll = person.isOperator || person.isAuditor;
  const { forums, levels } = first;
  return { ...person, sight: seesAll ? SEES_ALL : { organisations: reachOf(person), forums, levels } };
}

/** Every organisation that one of these roles of a person reaches; null is all of them. */
export function reachOf({ reach }: Pick<KnownPerson, "reach">, ...roles: readonly string[]): Visible {
  const reached = [...reach].filter(([role]) => roles.length === 0 || roles.includes(role)).map(([, codes]) => codes);
  if (reached.includes(null)) return null;
  return [...new Set(reached.flatMap((codes) => codes ?? []))].toSorted();
}

/** One of the people who may sign in, and what they are. */
export interface ListedPerson {
  readonly email: string;
  readonly name: string;
  readonly roles: readonly string[];
}

/** At most `limit` people who may sign in, each with what they are ("submitter, Northwick Hospitals"); of `email` alone. */
export async function listPeople(db: Kysely<Database>, limit: number, email?: string): Promise<ListedPerson[]> {
  const { rows } = await sql<ListedPerson>`
    select lower(p.email) as email, min(p.name) as name,
      array_agg(distinct p.role || coalesce(', ' || f.name, '') || coalesce(', ' || o.name, '')) as roles
    from person p left join organisation o on o.code = p.organisation and o.until is null
      left join forum f on f.code = p.forum and f.until is null
    where ${maySignIn} and ${email === undefined ? sql`true` : sql`lower(p.email) = lower(${email})`}
    group by lower(p.email) order by min(p.name) limit ${limit}`.execute(db);
  return rows;
}
