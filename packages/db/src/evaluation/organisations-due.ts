import { sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";
import { figures } from "./arrays.ts";
import { RAG_LETTERS, TIER_LETTERS } from "./write-decisions.ts";

/** Grey: the RAG of a period without a value, and of no other. */
const NO_DATA = RAG_LETTERS[0];

export interface DueOrganisation {
  readonly organisation: string;
  readonly dueBy: readonly number[];
}

/** Marks organisations whose series have moved: their reporting and several-areas cases are decided anew. */
export async function markOrganisationsDue(
  trx: Transaction<Database>,
  due: readonly DueOrganisation[],
  now: Temporal.Instant,
): Promise<void> {
  if (due.length === 0) return;
  const rows = due.toSorted((a, b) => (a.organisation < b.organisation ? -1 : 1));
  await sql`insert into organisation_due (organisation, due_since, due_by)
    select organisation, ${now.toString()}, array(select jsonb_array_elements_text(due_by)::bigint)
    from jsonb_to_recordset(${JSON.stringify(rows.map((r) => ({ organisation: r.organisation, due_by: r.dueBy })))}::jsonb)
      as r(organisation text, due_by jsonb)
    on conflict (organisation) do update set failure = null, failed_at = null,
      due_by = array(select distinct unnest(organisation_due.due_by || excluded.due_by))`.execute(trx);
}

/** Takes due organisations none of whose series is still due, and holds them until the transaction ends. */
export async function takeDueOrganisations(trx: Transaction<Database>, limit: number): Promise<DueOrganisation[]> {
  const { rows } = await sql<{ organisation: string; due_by: number[] }>`
    select d.organisation, d.due_by from organisation_due d
    where d.failed_at is null and not exists (
      select from series s join series_state st on st.series = s.id
      where s.organisation = d.organisation and st.due and st.failed_at is null)
    order by d.organisation limit ${limit} for update of d skip locked`.execute(trx);
  return rows.map((row) => ({ organisation: row.organisation, dueBy: row.due_by }));
}

export async function clearDueOrganisations(
  trx: Transaction<Database>,
  organisations: readonly string[],
): Promise<void> {
  await sql`delete from organisation_due where organisation = any(${organisations})`.execute(trx);
}

export async function failOrganisation(
  trx: Transaction<Database>,
  organisation: string,
  { failure, at }: { failure: string; at: Temporal.Instant },
): Promise<void> {
  await sql`update organisation_due set failure = ${failure}, failed_at = ${at.toString()}
    where organisation = ${organisation}`.execute(trx);
}

/** What stands of one decided series of an organisation, place by place from `first`. */
export interface OrganisationSeries {
  readonly organisation: string;
  readonly metric: string;
  readonly first: number;
  readonly tier: Uint8Array;
  readonly silentFor: Float64Array;
  /** 0 where there is a value, NaN where there is none: all that several areas ask. */
  readonly values: Float64Array;
  /** Whether anything was ever submitted for it, rather than computed from those below. */
  readonly submitted: boolean;
}

interface Row {
  organisation: string;
  metric: string;
  first_period: number;
  tiers: string;
  silent: string | null;
  rag: string;
  submitted: boolean;
}

/** Every decided series of the given organisations. */
export async function seriesOfOrganisations(
  trx: Transaction<Database>,
  organisations: readonly string[],
): Promise<OrganisationSeries[]> {
  const { rows } = await sql<Row>`select s.organisation, s.metric, d.first_period, d.tiers, d.rag,
      case when 0 < any(d.silent) then array_to_string(d.silent, ',', '') end as silent,
      st.first_period is not null as submitted
    from series s
    join series_decision d on d.series = s.id
    join series_state st on st.series = s.id
    where s.organisation = any(${organisations}) order by s.organisation, s.metric`.execute(trx);
  return rows.map((row) => ({
    organisation: row.organisation,
    metric: row.metric,
    first: row.first_period,
    tier: Uint8Array.from(row.tiers, (letter) => TIER_LETTERS.indexOf(letter)),
    submitted: row.submitted,
    // Most series were never silent, and most providers never stood in enough areas: read when asked for.
    get silentFor() {
      return row.silent === null ? new Float64Array(row.tiers.length) : figures(row.silent, row.tiers.length);
    },
    get values() {
      return Float64Array.from(row.rag, (letter) => (letter === NO_DATA ? NaN : 0));
    },
  }));
}
