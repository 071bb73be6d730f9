import { sql, type Transaction } from "kysely";
import { copyInto } from "../copy.ts";
import type { Database } from "../tables.ts";
import { flagText, letterText } from "./arrays.ts";

/** What was decided of one series, place by place from `first`; NaN is no value, no plan, no threshold, no submission. */
export interface SeriesDecision {
  readonly series: number;
  readonly first: number;
  readonly count: number;
  readonly values: Float64Array;
  readonly numerators: Float64Array;
  readonly denominators: Float64Array;
  readonly plans: Float64Array;
  /** Place in the domain's RAGS. */
  readonly rag: Uint8Array;
  /** Place in the domain's TIERS. */
  readonly tier: Uint8Array;
  readonly provisional: Uint8Array;
  readonly watch: Uint8Array;
  readonly partial: Uint8Array;
  readonly restated: Uint8Array;
  readonly deterioratingFor: Int16Array;
  readonly silentFor: Int16Array;
  readonly reasons: Uint8Array;
  readonly thresholds: Float64Array;
  readonly submissions: Float64Array;
  /** The evaluation that decided each period as it stands. */
  readonly evaluations: Int32Array;
  /** Organisations that a partial value lacks, by period. */
  readonly missing: Readonly<Record<string, readonly string[]>>;
  /** What is said of a value that counts, and why there is none, by period. */
  readonly marks: Readonly<Record<string, string>>;
  readonly noValues: Readonly<Record<string, string>>;
  readonly digest: string;
}

export const RAG_LETTERS = "nugar";
export const TIER_LETTERS = "nbs";

const columns = [
  "series",
  "first_period",
  "vals",
  "numerators",
  "denominators",
  "plans",
  "rag",
  "tiers",
  "provisional",
  "watch",
  "partial",
  "restated",
  "deteriorating",
  "silent",
  "reasons",
  "thresholds",
  "submissions",
  "evaluations",
  "missing",
  "marks",
  "no_values",
  "tier",
  "digest",
] as const;

function* rowsOf(decisions: Iterable<SeriesDecision>) {
  for (const d of decisions) {
    const tiers = letterText(d.tier, TIER_LETTERS);
    yield [
      d.series,
      d.first,
      list(d.values),
      list(d.numerators),
      list(d.denominators),
      list(d.plans),
      letterText(d.rag, RAG_LETTERS),
      tiers,
      flagText(d.provisional),
      flagText(d.watch),
      flagText(d.partial),
      flagText(d.restated),
      list(d.deterioratingFor),
      list(d.silentFor),
      list(d.reasons),
      list(d.thresholds),
      list(d.submissions),
      list(d.evaluations),
      JSON.stringify(d.missing),
      JSON.stringify(d.marks),
      JSON.stringify(d.noValues),
      ["none", "board", "slt"]["nbs".indexOf(tiers.at(-1) ?? "n")] ?? "none",
      d.digest,
    ];
  }
}

function list(places: ArrayLike<number>): string {
  let text = "{";
  for (let i = 0; i < places.length; i++) {
    const place = places[i] ?? NaN;
    text += (i === 0 ? "" : ",") + (Number.isNaN(place) ? "NULL" : place);
  }
  return text + "}";
}

async function stageDecisions(trx: Transaction<Database>, decisions: readonly SeriesDecision[]): Promise<void> {
  await sql`create temp table if not exists decided (like series_decision) on commit delete rows`.execute(trx);
  await sql`truncate decided`.execute(trx);
  await copyInto(trx, "decided", columns, rowsOf(decisions));
}

/** Writes what now holds of each series, in one COPY and one merge. */
export async function writeDecisions(trx: Transaction<Database>, decisions: readonly SeriesDecision[]): Promise<void> {
  if (decisions.length === 0) return;
  await stageDecisions(trx, decisions);
  const assignments = columns.slice(1).map((name) => `${name} = excluded.${name}`);
  await sql`insert into series_decision (${sql.raw(columns.join(", "))})
    select ${sql.raw(columns.join(", "))} from decided order by series
    on conflict (series) do update set ${sql.raw(assignments.join(", "))}`.execute(trx);
}

const newest = ["tier", "digest"];
const perPlace = columns.filter((name) => name !== "series" && name !== "first_period" && !newest.includes(name));

/**
 * Appends places to what holds of series that only grew: what was decided before stays as it is and is not read. Each
 * decision holds the new places alone; its digest is that of the whole.
 */
export async function appendDecisions(trx: Transaction<Database>, tails: readonly SeriesDecision[]): Promise<void> {
  if (tails.length === 0) return;
  await stageDecisions(trx, tails);
  const assignments = [
    ...perPlace.map((name) => `${name} = d.${name} || t.${name}`),
    ...newest.map((name) => `${name} = t.${name}`),
  ];
  await sql`update series_decision d set ${sql.raw(assignments.join(", "))} from decided t
    where t.series = d.series`.execute(trx);
}

/** Takes away what held of series that have lost all their values; the replaced decisions are kept elsewhere. */
export async function dropDecisions(trx: Transaction<Database>, series: readonly number[]): Promise<void> {
  if (series.length === 0) return;
  await sql`delete from series_decision where series = any(${series})`.execute(trx);
}
