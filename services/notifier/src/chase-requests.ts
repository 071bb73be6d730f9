import {
  type DueRequest,
  lockDueRequests,
  moveRequests,
  type RequestMove,
  remindersInForce,
  type TellingRow,
  writeTellings,
} from "@signalbox/db";
import { type Chaser, nextChaser } from "./next-chaser.ts";
import type { Notifier, StageResult } from "./notifier.ts";

const BATCH = 500;

/** Reminds of requests whose day is near, says of those whose day has passed, and tells the level above. */
export async function chaseRequests({ db, log }: Notifier, now: Temporal.Instant): Promise<StageResult> {
  return db.transaction().execute(async (trx) => {
    const due = await lockDueRequests(trx, now, BATCH);
    if (due.length === 0) return { done: 0 };
    const reminders = await remindersInForce(trx);
    const moves: RequestMove[] = [];
    const tellings: TellingRow[] = [];
    for (const request of due) {
      const chaser = nextChaser(request, reminders, now);
      moves.push({ id: request.id, stage: chaser.stage, nextAt: chaser.nextAt });
      if (chaser.tell !== null) tellings.push(chasing(request, { ...chaser, tell: chaser.tell }, now));
    }
    await writeTellings(trx, tellings);
    await moveRequests(trx, moves);
    log.info({ requests: due.length, tellings: tellings.length }, "chased what was asked for");
    return { done: due.length };
  });
}

function chasing(
  request: DueRequest,
  { tell }: { tell: NonNullable<Chaser["tell"]> },
  now: Temporal.Instant,
): TellingRow {
  const { id, escalation, series, organisation, period } = request;
  return {
    kind: tell === "reminder" ? "reminder" : "overdue",
    reason: tell,
    escalation,
    event: null,
    submission: null,
    series,
    organisation,
    period,
    forums: [],
    recipients: tell === "raised-a-level" ? request.executives : request.recipients,
    tellAt: now,
    digest: null,
    causedBy: [],
    detail: { ...request.detail, dueOn: request.dueOn, asksFor: request.kind },
    key: `request:${id}:${tell}`,
  };
}
