import {
  type CaseRow,
  type Database,
  endRequests,
  type EventRow,
  markRestated,
  newIds,
  replaceEvents,
  toldPeople,
  toldThrough,
  type Transaction,
  waitForLastDecision,
  writeCases,
  writeEvents,
  writeRequests,
  writeTellings,
} from "@signalbox/db";
import { type CaseChange, caseRow, eventRows, type SubjectDecision } from "./case-changes.ts";
import { tellCase, type TellingContext, type Told } from "./tell-case.ts";

/** What telling a case needs beside what the database knows of whom it has reached. */
export type CaseContext<D extends SubjectDecision> = (change: CaseChange<D>) => Omit<
  TellingContext,
  "now" | "evaluation" | "toldThrough" | "toldPeople" | "correctionTo"
> & {
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
  const corrected = await replaceEvents(trx, {
    events: changes.flatMap(({ replaced }) => replaced.map(({ id }) => id)),
    withdrawnCases: gone.map(({ id }) => id),
    now,
  });
  await markRestated(
    trx,
    changes.flatMap(({ newlyRestated }) => newlyRestated),
  );
  const kept = changes.flatMap(({ stored }) => (stored === null ? [] : [stored.id]));
  const through = await toldThrough(trx, kept);
  const people = await toldPeople(trx, kept);
  const cases: CaseRow[] = [];
  const events: EventRow[] = [];
  for (const change of changes) {
    const { shownAt, ...context } = contextOf(change);
    const row = caseRow(change, { slt, shownAt: change.stored?.shownAt ?? shownAt });
    if (row !== null) cases.push(row);
    events.push(...eventRows(change));
    const { tellings, requests } = tellCase(change, {
      ...context,
      now,
      evaluation,
      toldThrough: through.get(change.id) ?? null,
      toldPeople: people.get(change.id) ?? [],
      correctionTo: corrected.get(change.id) ?? [],
    });
    told.tellings.push(...tellings);
    told.requests.push(...requests);
  }
  await writeCases(trx, cases, now);
  await writeEvents(trx, events, { evaluation, now });
  await writeRequests(trx, told.requests, now);
  await writeTellings(trx, told.tellings);
  await waitForLastDecision(trx, told.tellings, now);
  await endRequests(
    trx,
    cases.flatMap((row) => (row.endedIn !== null || row.withdrawn ? [row.id] : [])),
    now,
  );
  return told;
}

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
