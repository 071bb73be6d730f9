import type { Database, Kysely } from "@signalbox/db";

const JANUARY = 12 * 2024;

/**
 * Northwick's monthly returns from January 2024 on: the first an estimate that came before its day, nothing after it, and
 * the submitter chased for the second. The test clock is the caller's to put.
 */
export async function seedReturns(
  db: Kysely<Database>,
  ids: { readonly submission: number; readonly series: number },
): Promise<void> {
  await db
    .updateTable("submission")
    .set({ received_at: "2024-02-10T09:00:00Z" })
    .where("id", "=", ids.submission)
    .execute();
  const observation = {
    series: ids.series,
    submission: ids.submission,
    issued: "2024-02-10",
    numerator: null,
    denominator: null,
  };
  await db
    .insertInto("observation")
    .values([
      {
        ...observation,
        period: JANUARY,
        row_number: 2,
        value: 94.6,
        plan: null,
        no_value: null,
        mark: null,
        comment: null,
      },
    ])
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const state = {
    first_period: JANUARY,
    vals: [94.6],
    numerators: [null],
    denominators: [null],
    plans: [null],
    no_value: [null],
    marks: ["estimated"],
    submissions: [ids.submission],
    restated: [false],
  };
  await db
    .insertInto("series_state")
    .values({ series: ids.series, parent: null, failure: null, ...state })
    .onConflict((conflict) => conflict.column("series").doUpdateSet(state))
    .execute();
  await db
    .insertInto("telling")
    .values({
      kind: "submission-missing",
      reason: "missing",
      organisation: "RA",
      period: JANUARY + 1,
      recipients: ["submitter@example.org"],
      tell_at: "2024-03-15T08:00:00Z",
      detail: JSON.stringify({ frequency: "monthly", dueWorkingDay: 10 }),
      key: "missing:RA",
      digest: null,
      escalation: null,
      event: null,
      submission: null,
      series: null,
    })
    .execute();
}
