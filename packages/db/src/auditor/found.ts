import { type Kysely, type RawBuilder } from "kysely";
import type { Database } from "../tables.ts";

/** Everything that the auditor looks for; the names that /health/audit answers with. */
export const AUDIT_PROBLEMS = [
  "case-without-step",
  "case-off-record",
  "case-off-decision",
  "decision-without-case",
  "telling-late",
  "telling-without-notice",
  "notice-stuck",
  "sent-without-receipt",
  "mail-given-up",
  "request-not-chased",
  "due-not-done",
  "deputies-overlap",
  "clock-stopped",
  "service-not-seen",
  "submission-unread",
  "series-not-assessed",
  "work-given-up",
  "queue-unanswered",
] as const;
export type AuditProblem = (typeof AUDIT_PROBLEMS)[number];

/** One thing that is not as it must be. */
export interface Found {
  /** "Case 12, ae-4h of RA" */
  readonly what: string;
  /** The path where it is seen; null where it has none. */
  readonly place: string | null;
  readonly since: Temporal.Instant | null;
}

/** More of one kind than this say nothing more. */
export const FOUND_AT_MOST = 200;

/** Runs a statement that finds things, at most FOUND_AT_MOST of them. */
export async function find(db: Kysely<Database>, statement: RawBuilder<Found>): Promise<Found[]> {
  return (await statement.execute(db)).rows;
}
