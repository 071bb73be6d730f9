export * from "./clock.ts";
export * from "./connect.ts";
export * from "./copy.ts";
export * from "./migrate.ts";
export * from "./submissions.ts";
export type * from "./tables.ts";
export type { Kysely, Transaction } from "kysely";
