import {
  countByState,
  countWaitingWork,
  type Database,
  type Kysely,
  lastAuditCheck,
  listBounces,
  listFailedWork,
  listLeavers,
  listOverdue,
} from "@signalbox/db";
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
  /** Addresses that refuse mail, and people who are named and are not in the catalogue. */
  readonly outOfReach: number;
  /** What the auditor's last look found. */
  readonly audit: number;
}

/** Counts what stands, what came in, what waits and what went wrong. */
export async function readOperators(db: Kysely<Database>, now: Temporal.Instant): Promise<Operators> {
  const [counts, waiting, failed, overdue, bounces, leavers, check] = await Promise.all([
    countByState(db),
    countWaitingWork(db, now),
    listFailedWork(db, 1),
    listOverdue(db, dayOf(now).toString(), MOST_COUNTED),
    listBounces(db, MOST_COUNTED),
    listLeavers(db, MOST_COUNTED),
    lastAuditCheck(db),
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
    outOfReach: bounces.length + leavers.length,
    audit: Object.values(check?.problems ?? {}).reduce((sum, count) => sum + count, 0),
  };
}
