import { sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";

export type Concern = "performance" | "reporting" | "several-areas";
export type TierName = "none" | "board" | "slt";

/** A case as kept. */
export interface StoredCase {
  readonly id: number;
  readonly concern: Concern;
  readonly series: number | null;
  readonly organisation: string;
  readonly area: string | null;
  readonly frequency: "monthly" | "quarterly";
  readonly tier: TierName;
  readonly forum: string | null;
  readonly raisedIn: number;
  readonly endedIn: number | null;
  readonly withdrawn: boolean;
  readonly previous: number | null;
  readonly shownAt: Temporal.Instant;
}

/** An event of a case that stands now. */
export interface StoredEvent {
  readonly id: number;
  readonly escalation: number;
  readonly period: number;
  readonly event: string;
  readonly tier: TierName;
  readonly reasons: readonly { readonly rule: string; readonly tier: string }[];
  readonly metrics: readonly string[];
  readonly areas: readonly string[];
  readonly restated: boolean;
}

const caseColumns = sql.raw(
  `id, concern, series, organisation, area, frequency, tier, forum, raised_in as "raisedIn", ended_in as "endedIn",
  withdrawn, previous, shown_at as "shownAt"`,
);

/** The last case of each series that was not withdrawn: all that a series needs which only grew. */
export async function latestCases(trx: Transaction<Database>, series: readonly number[]): Promise<StoredCase[]> {
  if (series.length === 0) return [];
  const { rows } = await sql<StoredCase>`select distinct on (series) ${caseColumns} from escalation
    where series = any(${series}) and concern = 'performance' and not withdrawn
    order by series, raised_in desc`.execute(trx);
  return rows;
}

/** Every case of the given series, withdrawn ones too. */
export async function casesOfSeries(trx: Transaction<Database>, series: readonly number[]): Promise<StoredCase[]> {
  if (series.length === 0) return [];
  const { rows } = await sql<StoredCase>`select ${caseColumns} from escalation
    where series = any(${series}) and concern = 'performance' order by id`.execute(trx);
  return rows;
}

/** Every reporting and several-areas case of the given organisations, withdrawn ones too. */
export async function casesOfOrganisations(
  trx: Transaction<Database>,
  organisations: readonly string[],
): Promise<StoredCase[]> {
  if (organisations.length === 0) return [];
  const { rows } = await sql<StoredCase>`select ${caseColumns} from escalation
    where organisation = any(${organisations}) and concern <> 'performance' order by id`.execute(trx);
  return rows;
}

/** The events in force of the given cases, in order of period. */
export async function eventsOf(trx: Transaction<Database>, cases: readonly number[]): Promise<StoredEvent[]> {
  if (cases.length === 0) return [];
  const { rows } = await sql<StoredEvent>`select id, escalation, period, event, tier, reasons, metrics, areas, restated
    from escalation_event where escalation = any(${cases}) and replaced_at is null order by escalation, period`.execute(
    trx,
  );
  return rows;
}
