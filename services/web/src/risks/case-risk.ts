import {
  type Database,
  declineRisk,
  type EscalationRecord,
  type GivenRisk,
  giveRisk,
  type Kysely,
  type ListedRisk,
  listRisks,
  sightOfOrganisations,
} from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import type { Caller } from "../callers.ts";
import { Problem } from "../problem.ts";
import { keepsRegister } from "./who-may.ts";

const MOST_TO_PICK = 300;

/** The open risks of an organisation's register, the worst first, to pick the one behind a case from. */
export async function risksToPick(
  db: Kysely<Database>,
  organisation: string,
  now: Temporal.Instant,
): Promise<readonly ListedRisk[]> {
  const sight = sightOfOrganisations([organisation]);
  const { risks } = await listRisks(
    db,
    { sight, now, today: dayOf(now), organisation },
    { skip: 0, limit: MOST_TO_PICK },
  );
  return risks;
}

/** Whether somebody may say which risk is behind a case: who keeps the register of its organisation, while it stands. */
export function mayGiveRisk(caller: Caller, one: Pick<EscalationRecord, "organisation" | "standing">): boolean {
  return one.standing && keepsRegister(caller, one.organisation);
}

interface Act {
  readonly by: string;
  readonly now: Temporal.Instant;
  /** The key by which a person's answer came, where one did. */
  readonly through?: string | undefined;
}

/** Names the risk behind a case, or says why there is none; throws Problem 409 where a risk is named already. */
export async function answerWithRisk(
  db: Kysely<Database>,
  escalation: number,
  { answer, ...act }: Act & { readonly answer: { readonly risk: GivenRisk["risk"] } | { readonly declined: string } },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if ("risk" in answer) return giveRisk(trx, { escalation, risk: answer.risk }, act);
    const isSaid = await declineRisk(trx, escalation, { ...act, reason: answer.declined });
    if (!isSaid) throw new Problem(409, "A risk is named behind this case already. Name another, or close that one.");
    return undefined;
  });
}
