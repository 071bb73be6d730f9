import { type Period, RAGS, type Rag, type Reason, reasonsOf, type Tier, tierAt } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import { RAG_LETTERS, TIER_LETTERS } from "../evaluation/write-decisions.ts";
import type { Database } from "../tables.ts";

/** What was decided of a period before something was restated. */
export interface EarlierDecision {
  readonly period: Period;
  readonly value: number | null;
  readonly plan: number | null;
  readonly rag: Rag;
  readonly tier: Tier;
  readonly reasons: readonly Reason[];
  readonly deterioratingFor: number;
  readonly threshold: number | null;
  readonly submission: number | null;
  readonly evaluation: number;
  readonly replacedBy: number;
}

interface ReplacedRow extends Omit<EarlierDecision, "rag" | "tier" | "reasons"> {
  readonly rag: string;
  readonly tier: string;
  readonly reasons: number;
}

/** The decisions of a series that no longer hold, of the given periods; `to` null is no end. */
export async function earlierDecisions(
  db: Kysely<Database>,
  series: number,
  { from, to }: { from: Period; to: Period | null },
): Promise<EarlierDecision[]> {
  const { rows } = await sql<ReplacedRow>`
    select period, value, plan, rag, tier, reasons, deteriorating as "deterioratingFor", threshold, submission,
      evaluation, replaced_by as "replacedBy"
    from decision_replaced where series = ${series} and period >= ${from} and (${to}::int is null or period <= ${to})
    order by period, id`.execute(db);
  return rows.map((row) => ({
    ...row,
    rag: RAGS[RAG_LETTERS.indexOf(row.rag)] ?? "grey",
    tier: tierAt(TIER_LETTERS.indexOf(row.tier)),
    reasons: reasonsOf(row.reasons),
  }));
}
