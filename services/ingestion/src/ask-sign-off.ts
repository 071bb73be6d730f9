import {
  type CurrentCatalogue,
  type Database,
  noteSignOffAsked,
  type Organisation,
  repeatsUnsigned,
  type RowCounts,
  type TakenSubmission,
  type TellingRow,
  type Transaction,
  writeTellings,
} from "@signalbox/db";
import { dayOf, previewEnds, rulesFor, unsignedFrom } from "@signalbox/domain";

/**
 * Asks the provider's executive to sign a submission off, where the catalogue wants that, and again when its preview is over.
 * A file of which nothing counts decides nothing and needs no signature, unless it repeats what nobody has signed yet: it
 * holds by this one should the other be withdrawn.
 */
export async function askSignOff(
  trx: Transaction<Database>,
  {
    submission,
    catalogue,
    rows,
    now,
  }: { submission: TakenSubmission; catalogue: CurrentCatalogue | null; rows: RowCounts; now: Temporal.Instant },
): Promise<void> {
  if (catalogue === null || rows.accepted + rows.unchanged === 0) return;
  const up = [...upwards(catalogue, submission.organisation)];
  if (!isSignedOff(up)) return;
  if (rows.accepted === 0 && !(await repeatsUnsigned(trx, submission.id))) return;
  const rules = rulesFor(catalogue.protocol.body, "monthly");
  const unsigned = unsignedFrom(now, rules);
  await noteSignOffAsked(trx, submission.id, { now, unsignedFrom: unsigned });
  const recipients = executivesOf(catalogue, up);
  const asked = asking(submission, { up, recipients, rows, dueOn: dayOf(unsigned).toString() });
  const { workingDays } = rules.preview;
  const reminder = { ...asked, reason: "sign-off-due", tellAt: previewEnds(now, workingDays), key: `${asked.key}:due` };
  await writeTellings(trx, [{ ...asked, tellAt: now }, ...(workingDays > 0 ? [reminder] : [])]);
}

function* upwards({ organisations }: CurrentCatalogue, from: string): Generator<Organisation> {
  for (let one = organisations.get(from); one !== undefined; one = organisations.get(one.parent ?? "")) yield one;
}

/** What a site or a ward submits is signed off where its provider's submissions are. */
function isSignedOff(up: readonly Organisation[]): boolean {
  const provider = up.findIndex(({ kind }) => kind === "provider");
  return up.slice(0, provider < 0 ? 1 : provider + 1).some(({ signOff }) => signOff);
}

/** The executives of the organisation, or of the nearest one above it that has any; with none, operators are asked. */
function executivesOf({ people }: CurrentCatalogue, up: readonly Organisation[]): string[] {
  const executives = Map.groupBy(
    people.filter(({ role }) => role === "executive"),
    ({ organisation }) => organisation,
  );
  const nearest = up.find(({ code }) => executives.has(code));
  return [...new Set((executives.get(nearest?.code ?? null) ?? []).map(({ email }) => email))];
}

function asking(
  submission: TakenSubmission,
  {
    up,
    recipients,
    rows,
    dueOn,
  }: { up: readonly Organisation[]; recipients: string[]; rows: RowCounts; dueOn: string },
): Omit<TellingRow, "tellAt"> {
  return {
    kind: "reminder",
    reason: "sign-off-asked",
    escalation: null,
    event: null,
    submission: submission.id,
    series: null,
    organisation: submission.organisation,
    period: null,
    forums: [],
    recipients,
    digest: null,
    causedBy: [submission.id],
    detail: {
      title: submission.filename ?? `Submission ${submission.id}`,
      organisation: up[0]?.name ?? submission.organisation,
      organisationCode: submission.organisation,
      asksFor: "sign-off",
      dueOn,
      rows,
      why: "Your organisation's figures are signed off before leaders hear of them",
    },
    key: `sign-off:${submission.id}`,
  };
}
