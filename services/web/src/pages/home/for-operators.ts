import { countByState, countWaitingWork, type Database, type Kysely, listFailedWork, listOverdue } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";

const MOST_COUNTED = 1000;

/** How things stand, for who runs Signalbox. */
export interface Operators {
  readonly slt: number;
  readonly board: number;
  readonly submissions: number;
  readonly waiting: number;
  readonly failed: number;
  readonly overdue: number;
}

/** Counts what stands, what came in, what waits and what went wrong. */
export async function readOperators(db: Kysely<Database>, now: Temporal.Instant): Promise<Operators> {
  const [counts, waiting, failed, overdue] = await Promise.all([
    countByState(db),
    countWaitingWork(db, now),
    listFailedWork(db, 1),
    listOverdue(db, dayOf(now).toString(), MOST_COUNTED),
  ]);
  const standing = (tier: string) =>
    counts.find(({ table, state }) => table === "escalation" && state === tier)?.count ?? 0;
  return {
    slt: standing("slt"),
    board: standing("board"),
    submissions: counts.filter(({ table }) => table === "submission").reduce((sum, { count }) => sum + count, 0),
    waiting: waiting.reduce((sum, { count }) => sum + count, 0),
    failed: failed.total,
    overdue: overdue.length,
  };
}
