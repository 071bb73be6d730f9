import type { Generated } from "kysely";
import type { InstantColumn, NullableInstant } from "./columns.ts";

/** The clock, and what it has passed. */
export interface TimeTables {
  clock: ClockTable;
  calendar_passed: CalendarPassedTable;
  chased_return: ChasedReturnTable;
  worker_seen: WorkerSeenTable;
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

export interface WorkerSeenTable {
  service: string;
  at: InstantColumn;
}
