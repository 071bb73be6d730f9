import type { ColumnType } from "kysely";

/** Instants come as Temporal.Instant and go as text; dates are "YYYY-MM-DD". */
export type InstantColumn = ColumnType<Temporal.Instant, string, string>;
export type NullableInstant = ColumnType<Temporal.Instant | null, string | null | undefined, string | null>;
/** Comes parsed; goes as JSON text, because pg would take an array for a PostgreSQL array. */
export type JsonColumn = ColumnType<unknown, string, string>;
export type JsonWithDefault = ColumnType<unknown, string | undefined, string>;
