import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";
import { casesOfRisk, type CaseOfRisk, type RiskFilter, riskSeen } from "./list-risks.ts";
import type { RiskKey, RiskRow } from "./risk-row.ts";

/** One row of a register, as it held from `at` until `until`; null for still. */
export interface RiskVersion extends RiskRow {
  readonly by: string;
  readonly at: Temporal.Instant;
  readonly until: Temporal.Instant | null;
  readonly endedBy: string | null;
  readonly closedBecause: string | null;
}

/** A risk with all that its register ever said of it, the latest first, and the cases that name it. */
export interface OneRisk {
  /** The latest version. */
  readonly risk: RiskVersion;
  readonly isOpen: boolean;
  readonly versions: readonly RiskVersion[];
  readonly cases: readonly CaseOfRisk[];
}

/** A risk by its organisation and reference, closed ones too; null where there is none to see. */
export async function readRisk(
  db: Kysely<Database>,
  { organisation, reference }: RiskKey,
  { sight, now }: Pick<RiskFilter, "sight" | "now">,
): Promise<OneRisk | null> {
  const { rows } = await sql<RiskVersion & { cases: CaseOfRisk[] }>`
    select r.organisation, r.reference, r.title, r.likelihood, r.impact, r.reviewed_on as "reviewedOn", r.owner, r.by, r.at,
      r.until, r.ended_by as "endedBy", r.closed_because as "closedBecause", ${casesOfRisk({ sight, now })} as cases
    from risk r where r.organisation = ${organisation} and lower(r.reference) = lower(${reference}) and ${riskSeen(sight, now)}
    order by r.id desc`.execute(db);
  const versions = rows.map(({ cases: _cases, ...version }) => version);
  const [risk] = versions;
  if (risk === undefined) return null;
  return { risk, isOpen: risk.until === null, versions, cases: rows[0]?.cases ?? [] };
}
