import {
  type Database,
  type RowCounts,
  submittersOf,
  type TakenSubmission,
  type Transaction,
  writeTellings,
} from "@signalbox/db";

/** Asks for the receipt that tells the organisation's submitters what became of their file. */
export async function askReceipt(
  trx: Transaction<Database>,
  {
    submission,
    status,
    rows,
    now,
  }: { submission: TakenSubmission; status: string; rows: RowCounts; now: Temporal.Instant },
): Promise<void> {
  const { recipients, name, problems } = await submittersOf(trx, submission);
  if (recipients.length === 0) return;
  await writeTellings(trx, [
    {
      kind: "submission-receipt",
      reason: status,
      escalation: null,
      event: null,
      submission: submission.id,
      series: null,
      organisation: submission.organisation,
      period: null,
      forums: [],
      recipients,
      tellAt: now,
      digest: null,
      causedBy: [submission.id],
      detail: {
        title: submission.filename ?? `Submission ${submission.id}`,
        organisation: name,
        filename: submission.filename ?? "",
        status,
        rows,
        problems,
        why: "You submit figures for this organisation",
      },
      key: `receipt:${submission.id}`,
    },
  ]);
}
