import { sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";

const PROBLEMS_SHOWN = 20;

/**
 * Who is told what became of a submission: the submitters of its organisation, and whoever sent it on the web; with its
 * name and first problems.
 */
export async function submittersOf(
  trx: Transaction<Database>,
  { id, organisation }: { id: number; organisation: string },
): Promise<{ recipients: string[]; name: string; problems: string[] }> {
  const { rows } = await sql<{ recipients: string[]; name: string | null; problems: string[]; more: number }>`
    with lines as (
      select min(severity) as severity, row_number, min(seq) as seq,
        coalesce('Row ' || row_number || ': ', '') || message || coalesce(' It says: ' || nullif(value, ''), '') as line
      from submission_problem where submission = ${id} group by row_number, message, value)
    select
    array(select distinct lower(p.email) from person p where p.until is null
      and ((p.role = 'submitter' and p.organisation = ${organisation})
        or lower(p.email) = (select lower(submitted_by) from submission where id = ${id} and channel = 'web')))
      as recipients,
    (select name from organisation where code = ${organisation} and until is null) as name,
    array(select line from lines order by severity, row_number, seq limit ${PROBLEMS_SHOWN}) as problems,
    (select greatest(count(*) - ${PROBLEMS_SHOWN}, 0)::int from lines) as more`.execute(trx);
  const { recipients = [], name = null, problems = [], more = 0 } = rows[0] ?? {};
  // What is left out is counted in the last line.
  const shown = more === 0 ? problems : [...problems.slice(0, -1), `and ${more + 1} more`];
  return { recipients, name: name ?? organisation, problems: shown };
}
