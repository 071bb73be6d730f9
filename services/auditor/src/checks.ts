import {
  type AuditProblem,
  casesOffDecision,
  casesOffRecord,
  casesWithoutStep,
  clockStopped,
  type Database,
  decisionsWithoutCase,
  deputiesOverlap,
  dueNotDone,
  type Found,
  type Kysely,
  mailsGivenUp,
  noticesStuck,
  requestsNotChased,
  sentWithoutReceipt,
  seriesNotAssessed,
  servicesMissed,
  submissionsUnread,
  tellingsLate,
  tellingsWithoutNotice,
  workGivenUp,
} from "@signalbox/db";
import type { Queues } from "@signalbox/queues";
import { queuesUnanswered } from "./queues-unanswered.ts";

/** What a check goes by. */
export interface Facts {
  readonly db: Kysely<Database>;
  readonly queues: Pick<Queues, "bullQueues" | "depths">;
  /** The clock's time; null before a test clock was ever put, when nothing falls due. */
  readonly judged: Temporal.Instant | null;
  /** The machine's time. */
  readonly machine: Temporal.Instant;
}

/** What is started with everything, but for the auditor, who would not be there to say so. */
const SERVICES = ["ingestion", "evaluator", "notifier", "web"] as const;

const before = (at: Temporal.Instant | null, minutes: number) => at?.subtract({ minutes }) ?? null;
const DAY = 24 * 60;

/** Every check by its name; each has some minutes of grace for work that is under way. */
export const checks: Readonly<Record<AuditProblem, (facts: Facts) => Promise<Found[]>>> = {
  "case-without-step": ({ db, judged }) => casesWithoutStep(db, before(judged, 15)),
  "case-off-record": ({ db }) => casesOffRecord(db),
  "case-off-decision": ({ db }) => casesOffDecision(db),
  "decision-without-case": ({ db }) => decisionsWithoutCase(db),
  "telling-late": ({ db, judged }) => tellingsLate(db, before(judged, 15)),
  "telling-without-notice": ({ db, judged }) => tellingsWithoutNotice(db, judged),
  "notice-stuck": ({ db, judged }) => noticesStuck(db, before(judged, 60)),
  "sent-without-receipt": ({ db, judged }) => sentWithoutReceipt(db, judged),
  "mail-given-up": ({ db, judged }) => mailsGivenUp(db, before(judged, DAY)),
  "request-not-chased": ({ db, judged }) => requestsNotChased(db, before(judged, 15)),
  "due-not-done": ({ db, judged }) => dueNotDone(db, before(judged, 15)),
  "deputies-overlap": ({ db }) => deputiesOverlap(db),
  "clock-stopped": ({ db, machine }) => clockStopped(db, machine.subtract({ minutes: 2 })),
  "service-not-seen": ({ db, machine }) => servicesMissed(db, SERVICES, machine.subtract({ minutes: 1 })),
  "submission-unread": ({ db, judged }) => submissionsUnread(db, before(judged, 30)),
  "series-not-assessed": ({ db, judged }) => seriesNotAssessed(db, before(judged, 30)),
  "work-given-up": ({ db, judged }) => workGivenUp(db, before(judged, DAY)),
  "queue-unanswered": ({ queues, machine }) => queuesUnanswered(queues, machine.subtract({ minutes: 5 })),
};
