import { type Kysely, sql, type Transaction } from "kysely";
import { recordAudit } from "../audit.ts";
import type { Database } from "../tables.ts";
import { compareRisks, type RiskChanges } from "./compare-risks.ts";
import type { RiskKey, RiskRow } from "./risk-row.ts";

/** Who acts, and when. */
export interface ActingOnRisks {
  readonly by: string;
  readonly now: Temporal.Instant;
}

/** The risks that hold of those that are named; others are left out. */
export async function heldRisks(db: Kysely<Database>, named: readonly RiskKey[]): Promise<RiskRow[]> {
  if (named.length === 0) return [];
  const { rows } = await sql<RiskRow>`
    select r.organisation, r.reference, r.title, r.likelihood, r.impact, r.reviewed_on as "reviewedOn", r.owner
    from jsonb_to_recordset(${JSON.stringify(named)}::jsonb) as n(organisation text, reference text)
    join risk r on r.organisation = n.organisation and lower(r.reference) = lower(n.reference) and r.until is null`.execute(
    db,
  );
  return rows;
}

/** Adds risks to the registers and amends those that differ; the same rows again change nothing. Says what it changed. */
export async function putRisks(
  trx: Transaction<Database>,
  rows: readonly RiskRow[],
  { by, now }: ActingOnRisks,
): Promise<RiskChanges> {
  // Two who bring the same new risk come one after the other.
  await sql`select pg_advisory_xact_lock(hashtext('risk register'))`.execute(trx);
  const changes = compareRisks(rows, await heldRisks(trx, rows));
  const differing = [...changes.added, ...changes.changed.map(({ is }) => is)];
  if (differing.length === 0) return changes;
  const given = sql`jsonb_to_recordset(${JSON.stringify(differing)}::jsonb) as g(organisation text, reference text,
    title text, likelihood int, impact int, "reviewedOn" date, owner text)`;
  await sql`update risk r set until = ${now.toString()}, ended_by = ${by} from ${given}
    where r.until is null and r.organisation = g.organisation and lower(r.reference) = lower(g.reference)`.execute(trx);
  await sql`insert into risk (organisation, reference, title, likelihood, impact, reviewed_on, owner, by, at)
    select organisation, reference, title, likelihood, impact, "reviewedOn", owner, ${by}, ${now.toString()}
    from ${given}`.execute(trx);
  await recordAudit(trx, { at: now, actor: by, ...entryOf(changes) });
  return changes;
}

function entryOf({ added, changed, unchanged }: RiskChanges) {
  const all = [...added, ...changed.map(({ is }) => is)];
  const [one] = all;
  if (all.length === 1 && one !== undefined) {
    return { action: added.length === 1 ? "risk-added" : "risk-changed", subject: subjectOf(one), detail: { ...one } };
  }
  const organisations = [...new Set(all.map(({ organisation }) => organisation))];
  return {
    action: "risks-loaded",
    subject: `risks ${organisations.join(", ")}`,
    detail: {
      added: added.map(keyInWords).slice(0, 200),
      changed: changed.map(({ is }) => keyInWords(is)).slice(0, 200),
      unchanged,
    },
  };
}

const keyInWords = ({ organisation, reference }: RiskKey) => `${organisation} ${reference}`;
const subjectOf = (risk: RiskKey) => `risk ${keyInWords(risk)}`;

/**
 * Closes a risk for a reason, and with it the links of cases to it: such a case has no risk again. Returns those cases; null
 * where no such risk is open.
 */
export async function closeRisk(
  trx: Transaction<Database>,
  risk: RiskKey,
  { because, by, now }: ActingOnRisks & { readonly because: string },
): Promise<readonly number[] | null> {
  const at = now.toString();
  const closed = await sql`update risk set until = ${at}, ended_by = ${by}, closed_because = ${because}
    where until is null and organisation = ${risk.organisation} and lower(reference) = lower(${risk.reference})
    returning id`.execute(trx);
  if (closed.rows.length === 0) return null;
  const { rows } = await sql<{ escalation: number }>`update risk_case set ended_at = ${at}, ended_by = ${by}
    where ended_at is null and organisation = ${risk.organisation} and lower(reference) = lower(${risk.reference})
    returning escalation`.execute(trx);
  const cases = rows.map(({ escalation }) => escalation);
  const detail = { because, ...(cases.length > 0 ? { cases } : {}) };
  await recordAudit(trx, { at: now, actor: by, action: "risk-closed", subject: subjectOf(risk), detail });
  return cases;
}
