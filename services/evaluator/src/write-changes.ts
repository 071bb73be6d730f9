import {
  askAgain,
  askToSign,
  type CaseRow,
  type Database,
  endRequests,
  type EventRow,
  markRestated,
  newIds,
  replaceEvents,
  type SignatureAsked,
  takeBackCorrections,
  type ToldOfCase,
  toldOfCases,
  type Transaction,
  waitForLastDecision,
  writeCases,
  writeEvents,
  writeRequests,
  writeTellings,
} from "@signalbox/db";
import { nextDigest } from "@signalbox/domain";
import { type CaseChange, caseRow, eventRows, type SubjectDecision } from "@signalbox/evaluation";
import { awaitsSignOff, signatureAsked } from "./sign-off-asked.ts";
import { tellCase, type TellingContext, type Told } from "./tell-case.ts";

/** What telling a case needs beside what the database knows of whom it has reached. */
export type CaseContext<D extends SubjectDecision> = (
  change: CaseChange<D>,
  told: ToldOfCase,
) => Omit<TellingContext, "now" | "evaluation" | "told"> & {
  readonly shownAt: Temporal.Instant;
};

/** Writes how cases change: events, cases, corrections, what is to be told, what is asked; a few statements for all. */
export async function writeChanges<D extends SubjectDecision>(
  trx: Transaction<Database>,
  changes: readonly CaseChange<D>[],
  {
    now,
    evaluation,
    slt,
    contextOf,
  }: { now: Temporal.Instant; evaluation: number; slt: string; contextOf: CaseContext<D> },
): Promise<Told> {
  const told: Told = { tellings: [], requests: [] };
  if (changes.length === 0) return told;
  await giveIds(trx, changes);
  const gone = changes.filter((change) => change.withdrawn && change.events.length === 0);
  await replaceEvents(trx, {
    events: changes.flatMap(({ replaced }) => replaced.map(({ id }) => id)),
    withdrawnCases: gone.map(({ id }) => id),
    now,
  });
  await markRestated(
    trx,
    changes.flatMap(({ newlyRestated }) => newlyRestated),
  );
  const kept = changes.flatMap(({ stored }) => (stored === null ? [] : [stored.id]));
  await takeBackCorrections(trx, kept);
  const toldBefore = await toldOfCases(trx, kept);
  const cases: CaseRow[] = [];
  const events: EventRow[] = [];
  const signatures: SignatureAsked[] = [];
  for (const change of changes) {
    const toldOfIt = toldBefore.get(change.id) ?? nothingTold;
    const { shownAt, ...context } = contextOf(change, toldOfIt);
    const row = caseRow(change, { slt, shownAt: firstShown(change, shownAt) });
    if (row !== null) cases.push(row);
    events.push(...eventRows(change));
    const telling = { ...context, now, evaluation, told: toldOfIt };
    const { tellings, requests } = tellCase(change, telling);
    signatures.push(...[signatureAsked(change, telling) ?? []].flat());
    told.tellings.push(...tellings);
    told.requests.push(...requests);
  }
  await writeCases(trx, cases, now);
  await writeEvents(trx, events, { evaluation, now });
  await writeRequests(trx, told.requests, now);
  await writeTellings(trx, told.tellings);
  const heldNoMore = changes.filter((change) => !awaitsSignOff(change)).map(({ id }) => id);
  await askToSign(trx, { signatures, heldNoMore }, now);
  for (const digest of durationsOf(told)) {
    await waitForLastDecision(trx, digest, { from: now, to: nextDigest(now, digest) });
  }
  await endRequests(
    trx,
    cases.flatMap((row) => (row.endedIn !== null || row.withdrawn ? [row.id] : [])),
    now,
  );
  await askAgain(
    trx,
    changes.filter(standsAgain).map(({ id }) => id),
    now,
  );
  return told;
}

/** A case that had ended, or was withdrawn, and stands once more because its decisions changed. */
function standsAgain({ stored, events, endedIn }: CaseChange): boolean {
  if (stored === null || events.length === 0 || endedIn !== null) return false;
  return stored.withdrawn || stored.endedIn !== null;
}

/** A case is shown to its forums from its first release on; a change that adds nothing to it releases nothing. */
function firstShown({ stored, added }: CaseChange, released: Temporal.Instant): Temporal.Instant {
  if (stored === null) return released;
  const isSooner = added.length > 0 && Temporal.Instant.compare(released, stored.shownAt) < 0;
  return isSooner ? released : stored.shownAt;
}

/** The digest settings that are durations; a protocol has at most four. */
function durationsOf({ tellings }: Told): Set<string> {
  return new Set(tellings.flatMap(({ digest }) => (digest?.startsWith("PT") === true ? [digest] : [])));
}

const nothingTold: ToldOfCase = {
  through: null,
  throughAnyone: null,
  throughLeft: null,
  people: [],
  said: [],
};

async function giveIds(trx: Transaction<Database>, changes: readonly CaseChange[]): Promise<void> {
  const fresh = changes.filter(({ stored }) => stored === null);
  const caseIds = await newIds(trx, "escalation", fresh.length);
  fresh.forEach((change, at) => {
    change.id = caseIds[at] ?? 0;
  });
  const eventIds = await newIds(
    trx,
    "escalation_event",
    changes.reduce((sum, { added }) => sum + added.length, 0),
  );
  let next = 0;
  for (const change of changes) change.addedIds = eventIds.slice(next, (next += change.added.length));
}
