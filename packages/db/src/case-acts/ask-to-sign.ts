import { sql, type Transaction } from "kysely";
import { type RequestRow, writeRequests, writeTellings } from "../evaluation/write-tellings.ts";
import { withdrawRequests } from "../steps/ask.ts";
import type { Database } from "../tables.ts";
import { notEmbedded } from "./not-embedded.ts";

/** A signature that is to be asked of a chair, when its letter may leave, and the facts of the case in it. */
export interface SignatureAsked {
  readonly request: RequestRow;
  readonly tellAt: Temporal.Instant;
  /** Whether its board signs only once the actions of the case are embedded. */
  readonly onceEmbedded: boolean;
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * Asks chairs to sign off the cases that are held for it, unless they are asked already, and no more for those that are not
 * held any longer. Where the board asks for embedded actions first, and some are not, its chair could not sign and is not
 * asked: `askOnceEmbedded` does, when they are. A case that worsened, or whose signature was taken back, and is held again is asked about anew.
 */
export async function askToSign(
  trx: Transaction<Database>,
  { signatures, heldNoMore }: { signatures: readonly SignatureAsked[]; heldNoMore: readonly number[] },
  now: Temporal.Instant,
): Promise<void> {
  if (heldNoMore.length > 0) {
    await withdrawRequests(trx, { kinds: ["case-sign-off"], escalations: heldNoMore }, now);
  }
  if (signatures.length === 0) return;
  const open = await sql<{ escalation: number }>`select escalation from request
    where kind = 'case-sign-off' and ended_at is null
      and escalation = any(${signatures.flatMap(({ request }) => request.escalation ?? [])})`.execute(trx);
  const asked = new Set(open.rows.map(({ escalation }) => escalation));
  const left = await notEmbedded(
    trx,
    signatures.flatMap(({ request, onceEmbedded }) => (onceEmbedded ? (request.escalation ?? []) : [])),
  );
  const anew = signatures.filter(
    ({ request: { escalation } }) => escalation !== null && !asked.has(escalation) && !left.has(escalation),
  );
  await freeKeys(
    trx,
    anew.map(({ request }) => request.key),
  );
  await writeRequests(
    trx,
    anew.map(({ request }) => request),
    now,
  );
  await writeTellings(
    trx,
    anew.map(({ request, tellAt, detail }) => ({
      kind: "request",
      reason: "asked-case-sign-off",
      escalation: request.escalation,
      event: null,
      submission: null,
      series: request.series,
      organisation: request.organisation,
      period: request.period,
      forums: [],
      recipients: request.recipients,
      tellAt,
      digest: null,
      causedBy: [],
      detail: { ...detail, dueOn: request.dueOn, asksFor: "case-sign-off" },
      key: `request:${request.key}`,
    })),
  );
}

/** What was asked by these keys has ended: they may be asked by again. */
async function freeKeys(trx: Transaction<Database>, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  const told = keys.map((key) => `request:${key}`);
  await sql`update telling set key = key || ' ended ' || id where key = any(${told})`.execute(trx);
  await sql`update request set key = key || ' ended ' || id where key = any(${keys})`.execute(trx);
}
