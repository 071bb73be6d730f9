import type { Generated, GeneratedAlways } from "kysely";
import type { InstantColumn, JsonWithDefault, NullableInstant } from "./columns.ts";

/** The clock, and what it has passed. */
export interface TimeTables {
  clock: ClockTable;
  calendar_passed: CalendarPassedTable;
  chased_return: ChasedReturnTable;
  owners_looked_at: OwnersLookedAtTable;
  worker_seen: WorkerSeenTable;
  audit_check: AuditCheckTable;
  audit_finding: AuditFindingTable;
}

export interface ClockTable {
  only_row: Generated<boolean>;
  now: NullableInstant;
  ran_through: NullableInstant;
}

export interface CalendarPassedTable {
  frequency: string;
  due_working_day: number;
  period: number;
  /** The last period whose submitters were due to hear that its day is near. */
  near: number | null;
}

/** A return that was owed when its day came near, or passed, and how far up it was chased. */
export interface ChasedReturnTable {
  organisation: string;
  frequency: "monthly" | "quarterly";
  due_working_day: number;
  period: number;
  told: number | null;
  next_at: NullableInstant;
  round: Generated<number>;
}

/** Through which version of the catalogue it was looked at whether what is open is still asked of the right people. */
export interface OwnersLookedAtTable {
  only_row: Generated<boolean>;
  catalogue_version: number;
}

export interface WorkerSeenTable {
  service: string;
  at: InstantColumn;
}

/** One look of the auditor: how much it found, by the name of the check. */
export interface AuditCheckTable {
  id: GeneratedAlways<number>;
  checked_at: InstantColumn;
  judged_at: NullableInstant;
  period_seconds: number;
  problems: JsonWithDefault;
}

export interface AuditFindingTable {
  id: GeneratedAlways<number>;
  audit_check: number;
  name: string;
  what: string;
  /** A path of the web service where it is seen. */
  place: string | null;
  since: NullableInstant;
}
