import { type Kysely, sql } from "kysely";
import { caseSeen, type Sight } from "../sight.ts";
import type { Database } from "../tables.ts";
import { isVisible } from "../visible-organisations.ts";

/** What a page needs beside a case's own facts, as its reader may see it. */
export interface AroundCase {
  /** The cases before and after it of the same figure, where the reader may see them. */
  readonly previous: number | null;
  readonly next: number | null;
  /** Names by address in small letters; who is in the catalogue no more still has one. */
  readonly names: ReadonlyMap<string, string>;
  /** Those of the asked submissions that the reader may open. */
  readonly submissions: ReadonlySet<number>;
}

/** The cases beside one, the names of people and the submissions that a reader may open, in one statement. */
export async function aroundCase(
  db: Kysely<Database>,
  escalation: number,
  asked: {
    readonly sight: Sight;
    readonly now: Temporal.Instant;
    readonly addresses: readonly string[];
    readonly submissions: readonly number[];
  },
): Promise<AroundCase> {
  const seen = caseSeen(asked.sight, asked.now);
  const { rows } = await sql<{
    previous: number | null;
    next: number | null;
    names: [string, string][];
    submissions: number[];
  }>`select
    (select e.id from escalation e join escalation this on this.previous = e.id where this.id = ${escalation} and ${seen})
      as previous,
    (select min(e.id) from escalation e where e.previous = ${escalation} and not e.withdrawn and ${seen}) as next,
    (select coalesce(json_agg(json_build_array(email, name)), '[]') from (
      select distinct on (lower(email)) lower(email) as email, name from person
      where lower(email) = any(${asked.addresses}::text[])
      order by lower(email), until desc nulls first, id) named) as names,
    (select coalesce(json_agg(id), '[]') from submission
      where id = any(${asked.submissions}::bigint[]) and ${isVisible("organisation", asked.sight.organisations)})
      as submissions`.execute(db);
  const [row] = rows;
  return {
    previous: row?.previous ?? null,
    next: row?.next ?? null,
    names: new Map(row?.names),
    submissions: new Set(row?.submissions),
  };
}
