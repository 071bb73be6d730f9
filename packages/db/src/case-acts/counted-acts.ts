import { sql, type Transaction } from "kysely";
import type { Concern } from "../evaluation/cases.ts";
import type { Database } from "../tables.ts";

/** An act of a chair as of a period, about the cases of a subject; one that was taken back counts no more. */
export interface CountedAct {
  readonly act: "sign-off" | "closure";
  readonly series: number | null;
  readonly organisation: string;
  readonly concern: Concern;
  readonly area: string | null;
  readonly frequency: "monthly" | "quarterly";
  readonly period: number;
  /** What the chair wrote; of a closure the minute. */
  readonly note: string;
  readonly by: string;
  readonly takenBackBy: string | null;
}

const acts = sql`select a.act, a.series, e.organisation, e.concern, e.area, e.frequency, a.period, a.note, a.by,
    a.taken_back_by as "takenBackBy"
  from case_act a join escalation e on e.id = a.escalation`;

/** What was done about the cases of the given series, in order of period; series without any are left out. */
export async function actsOfSeries(
  trx: Transaction<Database>,
  series: readonly number[],
): Promise<Map<number, CountedAct[]>> {
  if (series.length === 0) return new Map();
  const { rows } = await sql<CountedAct & { series: number }>`${acts} where a.series = any(${series})
    order by a.period, a.id`.execute(trx);
  return Map.groupBy(rows, (row) => row.series);
}

/** What was done about the reporting and several-areas cases of the given organisations, in order of period. */
export async function actsOfOrganisations(
  trx: Transaction<Database>,
  organisations: readonly string[],
): Promise<Map<string, CountedAct[]>> {
  if (organisations.length === 0) return new Map();
  const { rows } = await sql<CountedAct>`${acts} where a.series is null and e.organisation = any(${organisations})
    order by a.period, a.id`.execute(trx);
  return Map.groupBy(rows, ({ organisation }) => organisation);
}
