import type { AuditProblem, Database, Transaction } from "@signalbox/db";

/** The time of the small world in which things are broken, and a time long enough before it. */
export const NOW = Temporal.Instant.from("2024-05-02T09:00:00Z");
export const LONG_AGO = NOW.subtract({ hours: 50 }).toString();
/** The machine's time there. */
export const MACHINE = Temporal.Now.instant();

const telling = {
  kind: "digest",
  reason: "raised",
  escalation: null,
  event: null,
  submission: null,
  series: null,
  organisation: "RA",
  period: null,
  tell_at: LONG_AGO,
  digest: null,
};

type Break = (trx: Transaction<Database>) => Promise<unknown>;
/** Everything that can go wrong, by the check that must find it; each in a transaction of its own. */
export const breaks: readonly (readonly [AuditProblem, string, Break])[] = [
  [
    "case-without-step",
    "nothing is asked of anybody",
    (trx) => trx.updateTable("request").set({ ended_at: LONG_AGO }).execute(),
  ],
  ["case-without-step", "nobody is asked", (trx) => trx.updateTable("request").set({ recipients: [] }).execute()],
  [
    "case-off-record",
    "a case forgets its tier",
    async (trx) => {
      await trx.updateTable("escalation").set({ tier: "board" }).execute();
      await trx.updateTable("series_decision").set({ tier: "board" }).execute();
    },
  ],
  [
    "case-off-record",
    "a resolved case still stands",
    (trx) => trx.updateTable("escalation_event").set({ event: "resolved" }).where("replaced_at", "is", null).execute(),
  ],
  [
    "case-off-decision",
    "a case stands elsewhere than its series",
    (trx) => trx.updateTable("series_decision").set({ tier: "board" }).execute(),
  ],
  [
    "decision-without-case",
    "a decision makes no case",
    (trx) => trx.updateTable("escalation").set({ standing: false, withdrawn: true }).execute(),
  ],
  [
    "telling-late",
    "something is not told",
    (trx) =>
      trx
        .insertInto("telling")
        .values({ ...telling, key: "late" })
        .execute(),
  ],
  [
    "telling-without-notice",
    "something told reached nobody",
    (trx) =>
      trx
        .insertInto("telling")
        .values({ ...telling, key: "nobody", state: "made", made_at: LONG_AGO })
        .execute(),
  ],
  [
    "notice-stuck",
    "a notice does not leave",
    (trx) => trx.updateTable("notice").set({ status: "pending", mail: null }).execute(),
  ],
  [
    "notice-stuck",
    "nobody knows whether a mail left",
    async (trx) => {
      await trx.updateTable("notice").set({ status: "unknown" }).execute();
      await trx.updateTable("mail").set({ status: "unknown" }).execute();
    },
  ],
  ["sent-without-receipt", "a notice loses its mail", (trx) => trx.updateTable("notice").set({ mail: null }).execute()],
  [
    "sent-without-receipt",
    "a mail has no Message-ID",
    (trx) => trx.updateTable("mail").set({ message_id: "" }).execute(),
  ],
  [
    "mail-given-up",
    "a mail that failed is left lying",
    async (trx) => {
      await trx.updateTable("notice").set({ status: "failed" }).execute();
      await trx.updateTable("mail").set({ status: "failed" }).execute();
    },
  ],
  [
    "request-not-chased",
    "a chaser is not sent",
    (trx) => trx.updateTable("request").set({ next_at: LONG_AGO }).execute(),
  ],
  [
    "due-not-done",
    "a return is not chased",
    (trx) =>
      trx
        .insertInto("chased_return")
        .values({
          organisation: "RA",
          frequency: "monthly",
          due_working_day: 10,
          period: 24_290,
          told: null,
          next_at: LONG_AGO,
        })
        .execute(),
  ],
  [
    "deputies-overlap",
    "somebody has two deputies",
    (trx) =>
      trx
        .insertInto("deputy")
        .values(
          ["b@example.org", "c@example.org"].map((deputy) => ({
            person: "a@example.org",
            deputy,
            from_day: "2024-05-01",
            to_day: "2024-05-03",
            by: "a@example.org",
            at: LONG_AGO,
            ended_at: null,
          })),
        )
        .execute(),
  ],
  [
    "clock-stopped",
    "the clock does not tick",
    (trx) => trx.deleteFrom("worker_seen").where("service", "=", "clock").execute(),
  ],
  [
    "clock-stopped",
    "the test clock is put and nothing runs",
    (trx) => trx.updateTable("clock").set({ ran_through: LONG_AGO }).execute(),
  ],
  [
    "service-not-seen",
    "the notifier dies",
    (trx) =>
      trx
        .updateTable("worker_seen")
        .set({ at: MACHINE.subtract({ minutes: 3 }).toString() })
        .where("service", "=", "notifier")
        .execute(),
  ],
  [
    "submission-unread",
    "a file is not read",
    (trx) => trx.updateTable("submission").set({ status: "received", received_at: LONG_AGO }).execute(),
  ],
  [
    "series-not-assessed",
    "a series stays due",
    (trx) =>
      trx
        .insertInto("series_state")
        .values({ series: 1, parent: null, first_period: null, due: true, due_since: LONG_AGO })
        .execute(),
  ],
  [
    "work-given-up",
    "a file that could not be read is left lying",
    (trx) => trx.updateTable("submission").set({ failed_at: LONG_AGO, failure: "broken" }).execute(),
  ],
];
