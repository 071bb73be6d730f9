import { markServiceSeen } from "@signalbox/db";
import type { Outcome } from "@signalbox/queues";
import type { Notifier, Stage } from "./notifier.ts";

/** More rounds than any real backlog needs; beyond it the bell is rung again. */
const ROUNDS = 100;

/**
 * Answers `tell`: runs the stages until a round finds nothing more to do. What must wait (a retry, a digest's time, an
 * unread submission) is left in the database; the clock rings again.
 */
export async function tell(notifier: Notifier, stages: readonly Stage[]): Promise<Outcome> {
  await markServiceSeen(notifier.db, "notifier", Temporal.Now.instant());
  if (!(await notifier.clock.ticking())) return { kind: "done" };
  for (let round = 0; round < ROUNDS; round++) {
    // One moment for the whole round: what it makes leaves as of then, however far a test clock is put meanwhile.
    const now = await notifier.clock.now();
    let done = 0;
    for (const stage of stages) {
      const result = await stage(notifier, now);
      done += result.done;
      if (result.serverAway === true) return { kind: "done" };
    }
    if (done === 0) return { kind: "done" };
  }
  return { kind: "retry", reason: `still busy after ${ROUNDS} rounds` };
}
