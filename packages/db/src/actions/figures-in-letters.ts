import { formatValue, RAGS, type ValueNotation } from "@signalbox/domain";
import { sql, type Transaction } from "kysely";
import { RAG_LETTERS } from "../evaluation/write-decisions.ts";
import type { Database } from "../tables.ts";

interface Figure {
  readonly id: number;
  readonly value: number | null;
  readonly plan: number | null;
  readonly rag: string;
  readonly unit: ValueNotation["unit"];
  readonly scale: readonly string[];
  readonly decimals: number;
}

/**
 * What letters say of the figures of some cases in a period, by case: what its own letters told last may be months old. A case
 * without a series, or without a decision of that period, is not in it.
 */
export async function figuresInLetters(
  trx: Transaction<Database>,
  cases: readonly { readonly id: number; readonly period: number }[],
): Promise<ReadonlyMap<number, { value: string; plan?: string; rag: string }>> {
  const { rows } = await sql<Figure>`
    select e.id, d.vals[at.place] as value, d.plans[at.place] as plan, substr(d.rag, at.place, 1) as rag, m.unit, m.scale, m.decimals
    from unnest(${cases.map(({ id }) => id)}::bigint[], ${cases.map(({ period }) => period)}::int[]) as v (id, period)
    join escalation e on e.id = v.id
    join metric m on m.code = e.metric and m.until is null
    join series_decision d on d.series = e.series
    cross join lateral (select (v.period - d.first_period) / (case e.frequency when 'quarterly' then 3 else 1 end) + 1 as place) at
    where at.place between 1 and cardinality(d.vals)`.execute(trx);
  return new Map(
    rows.map(({ id, value, plan, rag, ...notation }) => [
      id,
      {
        value: formatValue(value, notation),
        ...(plan === null ? {} : { plan: formatValue(plan, notation) }),
        rag: RAGS[RAG_LETTERS.indexOf(rag)] ?? "grey",
      },
    ]),
  );
}
