import { type Period, RAGS, type Rag, type Reason, reasonsOf, type Tier, tierAt } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import { RAG_LETTERS, TIER_LETTERS } from "../evaluation/write-decisions.ts";
import type { Database, EscalationEventTable } from "../tables.ts";

/** One move of a case, with the evaluation that decided it; `replacedAt` where a later one took its place. */
export interface ExplainedEvent {
  readonly period: Period;
  readonly event: EscalationEventTable["event"];
  readonly tier: Tier;
  readonly at: Temporal.Instant;
  readonly evaluation: number;
  readonly reasons: readonly { readonly rule: string; readonly tier: string }[];
  readonly metrics: readonly string[];
  readonly areas: readonly string[];
  readonly restated: boolean;
  readonly replacedAt: Temporal.Instant | null;
}

/** Every event of a case, replaced ones too, in order of period and then of time. */
export async function eventsOfCase(db: Kysely<Database>, escalation: number): Promise<ExplainedEvent[]> {
  const { rows } = await sql<ExplainedEvent>`
    select period, event, tier, at, evaluation, reasons, metrics, areas, restated, replaced_at as "replacedAt"
    from escalation_event where escalation = ${escalation} order by period, id`.execute(db);
  return rows;
}

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
