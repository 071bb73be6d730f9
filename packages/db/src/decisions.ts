import { type Kysely, sql } from "kysely";
import { figures, flags } from "./evaluation/arrays.ts";
import { RAG_LETTERS, type SeriesDecision, TIER_LETTERS } from "./evaluation/write-decisions.ts";
import type { Database } from "./tables.ts";

export interface DecisionRow {
  series: number;
  first_period: number;
  vals: string;
  numerators: string;
  denominators: string;
  plans: string;
  rag: string;
  tiers: string;
  provisional: string;
  watch: string;
  partial: string;
  restated: string;
  deteriorating: string;
  silent: string;
  reasons: string;
  thresholds: string;
  submissions: string;
  evaluations: string;
  missing: Record<string, string[]>;
  marks: Record<string, string>;
  no_values: Record<string, string>;
  digest: string;
}

const joined =
  "vals numerators denominators plans deteriorating silent reasons thresholds submissions evaluations".split(" ");

/** The columns of `series_decision` (alias d) in the shape that `decodeDecision` reads. */
export const decisionColumns = sql.raw(
  [
    "d.series, d.first_period, d.rag, d.tiers, d.provisional, d.watch, d.partial, d.restated, d.missing, d.marks, d.no_values, d.digest",
    ...joined.map((name) => `array_to_string(d.${name}, ',', '') as ${name}`),
  ].join(", "),
);

function letters(text: string, alphabet: string): Uint8Array {
  return Uint8Array.from(text, (letter) => alphabet.indexOf(letter));
}

/** A row of `series_decision` as typed arrays, place by place from `first`. */
export function decodeDecision(row: DecisionRow): SeriesDecision {
  const count = row.rag.length;
  return {
    series: row.series,
    first: row.first_period,
    count,
    values: figures(row.vals, count),
    numerators: figures(row.numerators, count),
    denominators: figures(row.denominators, count),
    plans: figures(row.plans, count),
    rag: letters(row.rag, RAG_LETTERS),
    tier: letters(row.tiers, TIER_LETTERS),
    provisional: flags(row.provisional, count),
    watch: flags(row.watch, count),
    partial: flags(row.partial, count),
    restated: flags(row.restated, count),
    deterioratingFor: Int16Array.from(figures(row.deteriorating, count)),
    silentFor: Int16Array.from(figures(row.silent, count)),
    reasons: Uint8Array.from(figures(row.reasons, count)),
    thresholds: figures(row.thresholds, count),
    submissions: figures(row.submissions, count),
    evaluations: Int32Array.from(figures(row.evaluations, count)),
    missing: row.missing,
    marks: row.marks,
    noValues: row.no_values,
    digest: row.digest,
  };
}

/** What holds of the given series. */
export async function decisionsOf(
  db: Kysely<Database>,
  series: readonly number[],
): Promise<Map<number, SeriesDecision>> {
  if (series.length === 0) return new Map();
  const { rows } = await sql<DecisionRow>`select ${decisionColumns} from series_decision d
    where d.series = any(${series})`.execute(db);
  return new Map(rows.map((row) => [row.series, decodeDecision(row)]));
}
