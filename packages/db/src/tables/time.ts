import type { Generated } from "kysely";
import type { InstantColumn, NullableInstant } from "./columns.ts";

/** The clock, and what it has passed. */
export interface TimeTables {
  clock: ClockTable;
  calendar_passed: CalendarPassedTable;
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
}

export interface WorkerSeenTable {
  service: string;
  at: InstantColumn;
}
