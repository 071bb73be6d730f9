import { type Kysely, sql, type Transaction } from "kysely";
import { recordAudit } from "../audit.ts";
import { answerRequests } from "../steps/ask.ts";
import type { Database, RequestStage } from "../tables.ts";
import { compareRisks } from "./compare-risks.ts";
import { type ActingOnRisks, heldRisks, putRisks } from "./put-risks.ts";
import { keyOfRisk, type RiskKey, type RiskRow } from "./risk-row.ts";

/** What is known of the risk behind a case: the risk, or why there is none, and whether it is asked for. */
export interface CaseRisk {
  readonly risk: (RiskRow & { readonly givenBy: string; readonly givenAt: Temporal.Instant }) | null;
  readonly declined: { readonly reason: string; readonly by: string; readonly at: Temporal.Instant } | null;
  readonly asked: { readonly dueOn: string; readonly stage: RequestStage } | null;
}

interface Row {
  readonly escalation: number;
  readonly risk: (RiskRow & { givenBy: string; givenAt: string }) | null;
  readonly declined: { reason: string; by: string; at: string } | null;
  readonly asked: { dueOn: string; stage: RequestStage } | null;
}

/**
 * A decline in the row `d` of `risk_declined` holds until the case in row `e` leaves the SLT: coming back, it asks anew.
 */
export const declineHolds = sql`not exists (select from escalation_event x where x.escalation = d.escalation
  and x.replaced_at is null and x.tier <> 'slt' and x.at > d.at)`;

/** The risks behind these cases, by case; a case of which nothing is known and nothing is asked is left out. */
export async function risksOfCases(db: Kysely<Database>, cases: readonly number[]): Promise<Map<number, CaseRisk>> {
  if (cases.length === 0) return new Map();
  const { rows } = await sql<Row>`
    select c.id as escalation,
      (select json_build_object('organisation', r.organisation, 'reference', r.reference, 'title', r.title,
          'likelihood', r.likelihood, 'impact', r.impact, 'reviewedOn', r.reviewed_on, 'owner', r.owner,
          'givenBy', link.by, 'givenAt', link.at)
        from risk_case link join risk r on r.organisation = link.organisation and lower(r.reference) = lower(link.reference)
          and r.until is null
        where link.escalation = c.id and link.ended_at is null) as risk,
      (select json_build_object('reason', d.reason, 'by', d.by, 'at', d.at) from risk_declined d
        where d.escalation = c.id and ${declineHolds} order by d.id desc limit 1) as declined,
      (select json_build_object('dueOn', q.due_on, 'stage', q.stage) from request q
        where q.escalation = c.id and q.kind = 'risk' and q.ended_at is null limit 1) as asked
    from unnest(${[...cases]}::bigint[]) as c(id)`.execute(db);
  return new Map(
    rows.flatMap(({ escalation, risk, declined, asked }): [number, CaseRisk][] => {
      if (risk === null && declined === null && asked === null) return [];
      const given = risk && { ...risk, givenAt: instant(risk.givenAt) };
      // A risk that was given later than the refusal has taken its place.
      const said = given === null ? declined && { ...declined, at: instant(declined.at) } : null;
      return [[escalation, { risk: given, declined: said, asked }]];
    }),
  );
}

const instant = (text: string) => Temporal.Instant.from(text);

/** A risk of the register, or a new one for it, that is behind a case. */
export interface GivenRisk {
  readonly escalation: number;
  readonly risk: RiskKey | RiskRow;
}

/** Thrown where the register has no such open risk, or another one of that reference; a sentence for whoever named it. */
export class NoSuchRisk extends Error {
  readonly retry = false;
}

/**
 * Names the risk behind a case, in place of another that was named; a whole row is put into the register first, and amends
 * none that is there: an answer for one case says nothing of what else is on the register. It answers what was asked, and the
 * same again changes nothing. Throws NoSuchRisk.
 */
export async function giveRisk(
  trx: Transaction<Database>,
  { escalation, risk }: GivenRisk,
  { by, now, through }: ActingOnRisks & { readonly through?: string | undefined },
): Promise<void> {
  await sql`select from escalation where id = ${escalation} for update`.execute(trx);
  if ("title" in risk) {
    if (compareRisks([risk], await heldRisks(trx, [risk])).changed.length > 0)
      throw new NoSuchRisk(`The register has another risk ${risk.reference}: pick it, or give the new one its own.`);
    await putRisks(trx, [risk], { by, now });
  }
  const [held] = await heldRisks(trx, [risk]);
  if (held === undefined) {
    throw new NoSuchRisk(`The register of ${risk.organisation} has no open risk ${risk.reference}: add it first.`);
  }
  const at = now.toString();
  const { rows } = await sql<RiskKey>`select organisation, reference from risk_case
    where escalation = ${escalation} and ended_at is null`.execute(trx);
  const [before] = rows;
  if (before === undefined || keyOfRisk(before) !== keyOfRisk(held)) {
    await sql`update risk_case set ended_at = ${at}, ended_by = ${by}
      where escalation = ${escalation} and ended_at is null`.execute(trx);
    const { organisation, reference } = held;
    await trx.insertInto("risk_case").values({ escalation, organisation, reference, by, at }).execute();
    const detail = { risk: `${organisation} ${reference}`, ...(through === undefined ? {} : { through }) };
    await recordAudit(trx, { at: now, actor: by, action: "risk-given", subject: `escalation ${escalation}`, detail });
  }
  await answerRequests(trx, { kinds: ["risk"], escalations: [escalation] }, { by, now });
}

/**
 * Says why a case has no risk on the register; it answers what was asked. False where a risk is named already. The same
 * words of the same person again change nothing.
 */
export async function declineRisk(
  trx: Transaction<Database>,
  escalation: number,
  { reason, by, now, through }: ActingOnRisks & { readonly reason: string; readonly through?: string | undefined },
): Promise<boolean> {
  await sql`select from escalation where id = ${escalation} for update`.execute(trx);
  const known = (await risksOfCases(trx, [escalation])).get(escalation);
  if (known?.risk) return false;
  if (known?.declined?.reason !== reason || known.declined.by !== by) {
    await trx.insertInto("risk_declined").values({ escalation, reason, by, at: now.toString() }).execute();
    const detail = { reason, ...(through === undefined ? {} : { through }) };
    await recordAudit(trx, {
      at: now,
      actor: by,
      action: "risk-declined",
      subject: `escalation ${escalation}`,
      detail,
    });
  }
  await answerRequests(trx, { kinds: ["risk"], escalations: [escalation] }, { by, now });
  return true;
}
