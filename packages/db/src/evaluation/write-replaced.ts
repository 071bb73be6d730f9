import { sql, type Transaction } from "kysely";
import { copyInto } from "../copy.ts";
import type { Database } from "../tables.ts";

/** A decision of one period that another has taken the place of; the letters are those of `series_decision`. */
export interface ReplacedDecision {
  readonly series: number;
  readonly period: number;
  readonly evaluation: number;
  readonly value: number;
  readonly plan: number;
  readonly rag: string;
  readonly tier: string;
  readonly deterioratingFor: number;
  readonly reasons: number;
  readonly threshold: number;
  readonly submission: number;
}

const columns =
  "series period evaluation replaced_by value plan rag tier deteriorating reasons threshold submission".split(" ");

/** Keeps decisions that no longer hold, and by which evaluation they were replaced. */
export async function writeReplaced(
  trx: Transaction<Database>,
  replaced: readonly ReplacedDecision[],
  replacedBy: number,
): Promise<void> {
  if (replaced.length === 0) return;
  const rows = replaced.map((r) => [
    r.series,
    r.period,
    r.evaluation,
    replacedBy,
    r.value,
    r.plan,
    r.rag,
    r.tier,
    r.deterioratingFor,
    r.reasons,
    r.threshold,
    r.submission,
  ]);
  await copyInto(trx, "decision_replaced", columns, rows);
}

/** Opens an evaluation: what its decisions name as their origin. */
export async function newEvaluation(
  trx: Transaction<Database>,
  {
    now,
    protocol,
    catalogueVersion,
    cause,
  }: { now: Temporal.Instant; protocol: number; catalogueVersion: number; cause: string },
): Promise<number> {
  const { rows } = await sql<{ id: number }>`insert into evaluation (at, protocol, catalogue_version, cause)
    values (${now.toString()}, ${protocol}, ${catalogueVersion}, ${cause}) returning id`.execute(trx);
  const [row] = rows;
  if (row === undefined) throw new Error("PostgreSQL returned no evaluation");
  return row.id;
}
