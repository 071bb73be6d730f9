import {
  chasingInForce,
  type DueRequest,
  lockDueRequests,
  moveRequests,
  type RequestMove,
  takeBackChasers,
  type TellingRow,
  writeTellings,
} from "@signalbox/db";
import { type Chaser, nextChaser } from "@signalbox/domain";
import type { Notifier, StageResult } from "./notifier.ts";

const BATCH = 500;

/**
 * Reminds of requests whose day is near, says of those whose day has passed, and takes them up a level: to the executives,
 * onto the agenda of the board and into the summary for the SLT, of which only the first is a mail.
 */
export async function chaseRequests({ db, log }: Notifier, now: Temporal.Instant): Promise<StageResult> {
  return db.transaction().execute(async (trx) => {
    const due = await lockDueRequests(trx, now, BATCH);
    if (due.length === 0) return { done: 0 };
    const chasing = await chasingInForce(trx);
    const moves: RequestMove[] = [];
    const tellings: TellingRow[] = [];
    for (const request of due) {
      const chaser = nextChaser(request, chasing(request.frequency), now);
      moves.push({ id: request.id, stage: chaser.stage, nextAt: chaser.nextAt });
      tellings.push(...wordsOf(request, chaser).map((words) => chasingTelling(request, words, now)));
    }
    // An older word of the same that has not left, because a mail server was away, gives way to this one.
    await takeBackChasers(
      trx,
      due.filter((request) => tellings.some(({ key }) => key.startsWith(`request:${request.id}:`))).map(({ id }) => id),
    );
    await writeTellings(trx, tellings);
    await moveRequests(trx, moves);
    if (tellings.length > 0) log.info({ requests: due.length, tellings: tellings.length }, "chased what was asked for");
    return { done: due.length };
  });
}

interface Words {
  readonly reason: "reminder" | "due" | "overdue" | "raised-a-level";
  readonly recipients: readonly string[];
}

/** What is said of it, and to whom. Where nobody is named for either, the operators hear it once. */
function wordsOf({ recipients, executives }: DueRequest, { tell, above }: Chaser): Words[] {
  const isSaidAlready = tell !== null && recipients.length === 0 && executives.length === 0;
  return [
    ...(tell === null ? [] : [{ reason: tell, recipients }]),
    ...(above && !isSaidAlready ? [{ reason: "raised-a-level" as const, recipients: executives }] : []),
  ];
}

/** By when they were to say that they have seen it is asked for, and chased, by itself. */
function withoutSeenBy({ seenBy: _seenBy, ...rest }: DueRequest["detail"]) {
  return rest;
}

function chasingTelling(request: DueRequest, { reason, recipients }: Words, now: Temporal.Instant): TellingRow {
  const { id, escalation, series, organisation, period, moves } = request;
  return {
    kind: reason === "reminder" || reason === "due" ? "reminder" : "overdue",
    reason,
    escalation,
    event: null,
    submission: null,
    series,
    organisation,
    period,
    forums: [],
    recipients,
    tellAt: now,
    digest: null,
    causedBy: [],
    detail: { ...withoutSeenBy(request.detail), dueOn: request.dueOn, asksFor: request.kind },
    // After another day was agreed the same is said again, of that day.
    key: `request:${id}:${moves === 0 ? "" : `${moves}:`}${reason}`,
  };
}
