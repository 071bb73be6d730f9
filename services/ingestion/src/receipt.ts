import {
  type Database,
  type RowCounts,
  submittersOf,
  type TakenSubmission,
  type Transaction,
  writeTellings,
} from "@signalbox/db";

/**
 * Asks for the receipt that tells the organisation's submitters what became of their file. What it led to is found out when
 * the receipt leaves: by then it is decided.
 */
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
  // Nobody sent what was fetched: where it is rejected and no submitter is named, the operators hear of it.
  if (recipients.length === 0 && !(submission.channel === "pull" && status === "rejected")) return;
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
      },
      key: `receipt:${submission.id}`,
    },
  ]);
}
