import { type Kysely, sql } from "kysely";
import type { Database } from "./tables.ts";

/** On a row of `submission`: asked of its executive, and neither signed nor released nor withdrawn (decision 0017). */
export const WAITS_FOR_SIGNATURE = sql<boolean>`sign_off_asked_at is not null and signed_off_at is null
  and released_at is null and withdrawn_at is null`;

/** What stands in the place of a value that waits for its executive's signature. */
export const NOT_SIGNED_OFF = "not signed off yet";

/**
 * The submissions that wait for their executive's sign-off; few at any time. One that nobody signed is released by the clock, and is then no longer among them.
 */
export async function unsignedSubmissions(db: Kysely<Database>): Promise<ReadonlySet<number>> {
  const rows = await db.selectFrom("submission").select("id").where(WAITS_FOR_SIGNATURE).execute();
  return new Set(rows.map(({ id }) => id));
}

/** A figure as far as it says where it comes from; `submission` is null of one that was computed from those below. */
export interface FigureGiven {
  readonly metric: string;
  readonly organisation: string;
  readonly period: number;
  readonly submission: number | null;
}

/** What waits for a signature: figures, those that are computed from such ones, and the submissions themselves. */
export interface Unsigned {
  readonly submissions: ReadonlySet<number>;
  waits(figure: FigureGiven): boolean;
}

export const ALL_SIGNED: Unsigned = { submissions: new Set(), waits: () => false };

/**
 * What somebody does not see who sees a series by forum alone: the figures of unsigned submissions, and those above that are
 * made of them. A sum beside all but one of its parts tells the one.
 */
export async function unsignedFigures(db: Kysely<Database>): Promise<Unsigned> {
  const submissions = await unsignedSubmissions(db);
  if (submissions.size === 0) return ALL_SIGNED;
  const { rows } = await sql<Omit<FigureGiven, "submission">>`with recursive up as (
      select st.parent as series, g.period
      from (select distinct series, period from observation where submission = any(${[...submissions]}::bigint[])) g
      join series_state st on st.series = g.series where st.parent is not null
      union
      select st.parent, up.period from up join series_state st on st.series = up.series where st.parent is not null)
    select s.metric, s.organisation, up.period from up join series s on s.id = up.series`.execute(db);
  const above = new Set(rows.map((row) => keyOf(row)));
  return {
    submissions,
    waits: (figure) =>
      figure.submission === null ? above.size > 0 && above.has(keyOf(figure)) : submissions.has(figure.submission),
  };
}

function keyOf({ metric, organisation, period }: Omit<FigureGiven, "submission">): string {
  return `${metric}\n${organisation}\n${period}`;
}
