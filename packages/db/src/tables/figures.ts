import type { Generated, GeneratedAlways } from "kysely";
import type { InstantColumn, NullableInstant } from "./columns.ts";

/** Every value ever said, and what holds now. */
export interface FiguresTables {
  series: SeriesTable;
  observation: ObservationTable;
  series_state: SeriesStateTable;
  recalculation: RecalculationTable;
}

export interface SeriesTable {
  id: GeneratedAlways<number>;
  metric: string;
  organisation: string;
}

export interface ObservationTable {
  series: number;
  period: number;
  submission: number;
  row_number: number;
  issued: string;
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  plan: number | null;
  no_value: string | null;
  mark: string | null;
  comment: string | null;
}

export interface SeriesStateTable {
  series: number;
  parent: number | null;
  first_period: number | null;
  vals: Generated<readonly (number | null)[]>;
  numerators: Generated<readonly (number | null)[]>;
  denominators: Generated<readonly (number | null)[]>;
  plans: Generated<readonly (number | null)[]>;
  no_value: Generated<readonly (string | null)[]>;
  marks: Generated<readonly (string | null)[]>;
  submissions: Generated<readonly (number | null)[]>;
  restated: Generated<readonly boolean[]>;
  due: Generated<boolean>;
  due_since: NullableInstant;
  due_by: Generated<readonly number[]>;
  failure: string | null;
  failed_at: NullableInstant;
}

/** A period from which the control limits of a series are worked out anew, because somebody said so. */
export interface RecalculationTable {
  id: GeneratedAlways<number>;
  metric: string;
  organisation: string;
  period: number;
  reason: string;
  made_by: string;
  made_at: InstantColumn;
  removed_at: NullableInstant;
  removed_by: string | null;
  removed_reason: string | null;
}
