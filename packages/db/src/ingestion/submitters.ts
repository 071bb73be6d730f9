import { sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";

const PROBLEMS_SHOWN = 5;

/**
 * Who is told what became of a submission: the submitters of its organisation, and whoever sent it on the web; with its
 * name and first problems.
 */
export async function submittersOf(
  trx: Transaction<Database>,
  { id, organisation }: { id: number; organisation: string },
): Promise<{ recipients: string[]; name: string; problems: string[] }> {
  const { rows } = await sql<{ recipients: string[]; name: string | null; problems: string[] }>`select
    array(select distinct lower(p.email) from person p where p.until is null
      and ((p.role = 'submitter' and p.organisation = ${organisation})
        or lower(p.email) = (select lower(submitted_by) from submission where id = ${id} and channel = 'web')))
      as recipients,
    (select name from organisation where code = ${organisation} and until is null) as name,
    array(select coalesce('Row ' || row_number || ': ', '') || message from submission_problem
      where submission = ${id} order by severity, row_number, seq limit ${PROBLEMS_SHOWN}) as problems`.execute(trx);
  const [row] = rows;
  return { recipients: row?.recipients ?? [], name: row?.name ?? organisation, problems: row?.problems ?? [] };
}
