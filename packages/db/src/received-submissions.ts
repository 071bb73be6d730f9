import { type Kysely, sql } from "kysely";
import { asReport, type SubmissionReport } from "./submission-reports.ts";
import type { Database, SubmissionTable } from "./tables.ts";
import type { Selectable } from "kysely";
import { isVisible, type Visible } from "./visible-organisations.ts";

/** What of the submissions that came is looked for. */
export interface ReceivedFilter {
  readonly visible: Visible;
  readonly organisation?: string | undefined;
  readonly status?: SubmissionReport["status"] | "withdrawn" | undefined;
  /** A template that was named or found; "canonical" for our own columns. */
  readonly template?: string | undefined;
  /** Months, both included, of which one figure at least was given. */
  readonly months?: { readonly first: number; readonly last: number } | undefined;
}

/** The submissions that came, latest first, with how many there are. */
export async function receivedSubmissions(
  db: Kysely<Database>,
  { visible, organisation, status, template, months }: ReceivedFilter,
  { offset, limit }: { offset: number; limit: number | null },
): Promise<{ submissions: SubmissionReport[]; total: number }> {
  const where = [
    isVisible("s.organisation", visible),
    ...(organisation === undefined ? [] : [sql`s.organisation = ${organisation}`]),
    ...(status === undefined
      ? []
      : [
          status === "withdrawn"
            ? sql`s.withdrawn_at is not null`
            : sql`s.status = ${status} and s.withdrawn_at is null`,
        ]),
    ...(template === undefined ? [] : [sql`coalesce(s.template_found, s.template) = ${template}`]),
    ...(months === undefined
      ? []
      : [
          sql`exists (select from observation o where o.submission = s.id and o.period between ${months.first} and ${months.last})`,
        ]),
  ];
  const { rows } = await sql<Selectable<SubmissionTable> & { total: number }>`
    select s.*, count(*) over () as total from submission s where ${sql.join(where, sql` and `)}
    order by s.id desc limit ${limit} offset ${offset}`.execute(db);
  return { submissions: rows.map(asReport), total: rows[0]?.total ?? 0 };
}
