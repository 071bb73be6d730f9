import { type Kysely, sql } from "kysely";
import type { Database } from "./tables.ts";
import type { Visible } from "./visible-organisations.ts";

/** What somebody of an organisation may be who signs in; `operator` is of none. */
export const SIGN_IN_ROLES = ["submitter", "owner", "author", "executive", "analyst", "operator"] as const;

/** A person of the catalogue in force, and how far each of their roles reaches: an organisation and all below it. */
export interface KnownPerson {
  /** In small letters. */
  readonly email: string;
  readonly name: string;
  readonly isOperator: boolean;
  /** By role, the organisations it reaches; null is all of them. */
  readonly reach: ReadonlyMap<string, Visible>;
}

interface ReachedRow {
  readonly name: string;
  readonly role: string;
  readonly all: boolean;
  readonly codes: readonly string[];
}

/** Somebody of the catalogue in force who may sign in; null where the address is nobody's. */
export async function findPerson(db: Kysely<Database>, email: string): Promise<KnownPerson | null> {
  const { rows } = await sql<ReachedRow>`
    with recursive mine as (
      select p.name, p.role, p.organisation from person p
      where p.until is null and lower(p.email) = lower(${email}) and p.role = any(${SIGN_IN_ROLES}::text[])
        and (p.organisation is not null or p.role = 'operator')),
    below (role, code, kind) as (
      select m.role, o.code, o.kind from mine m join organisation o on o.code = m.organisation and o.until is null
      union
      select b.role, child.code, child.kind from organisation child join below b on b.code = child.parent
      where child.until is null)
    select min(m.name) as name, m.role,
      coalesce((select bool_or(b.kind = 'system') from below b where b.role = m.role), false) as "all",
      array(select b.code from below b where b.role = m.role order by b.code) as codes
    from mine m group by m.role order by m.role`.execute(db);
  const [first] = rows;
  if (first === undefined) return null;
  return {
    email: email.toLowerCase(),
    name: first.name,
    isOperator: rows.some(({ role }) => role === "operator"),
    reach: new Map(rows.flatMap(({ role, all, codes }) => (role === "operator" ? [] : [[role, all ? null : codes]]))),
  };
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

/** At most `limit` people who may sign in, each with what they are ("submitter, Northwick Hospitals"). */
export async function listPeople(db: Kysely<Database>, limit: number): Promise<ListedPerson[]> {
  const { rows } = await sql<ListedPerson>`
    select lower(p.email) as email, min(p.name) as name,
      array_agg(distinct p.role || coalesce(', ' || o.name, '')) as roles
    from person p left join organisation o on o.code = p.organisation and o.until is null
    where p.until is null and p.role = any(${SIGN_IN_ROLES}::text[]) and (o.code is not null or p.role = 'operator')
    group by lower(p.email) order by min(p.name) limit ${limit}`.execute(db);
  return rows;
}
