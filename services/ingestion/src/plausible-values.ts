import {
  type CurrentCatalogue,
  type Database,
  heldSeries,
  type HeldSeries,
  type ProblemRow,
  stagedRowsAt,
  type TemplateChecks,
  templateChecksOf,
  type Transaction,
} from "@signalbox/db";
import {
  checksBeatenBy,
  checksOf,
  type Doubt,
  formatPeriod,
  judgeValues,
  type Period,
  stepOf,
} from "@signalbox/domain";
import { doubtInWords } from "./plausible-words.ts";

/** A value that is not believed. */
interface Doubted {
  readonly series: number;
  readonly period: number;
  readonly metric: string;
  readonly organisation: string;
  readonly submission: number;
  readonly value: number;
  readonly doubts: readonly Doubt[];
}

/** Looks twice at the series that the staged rows speak of: before they count, and after. */
export interface PlausibilityWatch {
  /** Warnings of rows that are not believed, and of values given before that these rows put in a new light. */
  warnings(): Promise<ProblemRow[]>;
}

const LISTED = 10_000;

/**
 * Watches what a submission's rows do to what is believed; call it once its series are named, and `warnings` once its rows
 * are merged. It decides nothing: what is believed is worked out of the whole series each time that is assessed.
 */
export async function watchPlausibility(
  trx: Transaction<Database>,
  { catalogue, templateChecks }: { catalogue: CurrentCatalogue | null; templateChecks: TemplateChecks },
): Promise<PlausibilityWatch> {
  const ofMetrics = [...(catalogue?.metrics.values() ?? [])].filter((metric) => checksOf(metric) !== null);
  const metrics = [...new Set([...ofMetrics.map(({ code }) => code), ...Object.keys(templateChecks)])];
  if (catalogue === null || metrics.length === 0) return { warnings: async () => [] };
  const reached = await heldSeries(trx, { metrics, reachedInto: true });
  const lookedAt = new Set(reached.map(({ series }) => series));
  const before = await doubted(trx, catalogue, reached);
  /** What a row appends to judges nothing that came before it; elsewhere it is asked what was doubted without these rows. */
  const isOld = ({ series }: Doubted, name: string, { code }: Doubt) =>
    !lookedAt.has(series) || (before.get(name)?.doubts.some((doubt) => doubt.code === code) ?? false);
  return {
    async warnings() {
      const after = await doubted(trx, catalogue, await heldSeries(trx, { metrics, reachedInto: false }));
      const rows = new Map((await stagedRowsAt(trx, [...after.values()])).map((row) => [nameOf(row), row]));
      const problems: ProblemRow[] = [];
      for (const [name, one] of after) {
        const row = rows.get(name);
        // A row that does not hold, for another was issued later, is not what was judged.
        if (row !== undefined && row.value !== one.value) continue;
        for (const doubt of one.doubts) {
          if (row === undefined && isOld(one, name, doubt)) continue;
          const message = row === undefined ? anothers(one, catalogue, doubt) : doubtInWords(one.value, doubt);
          const at = { row: row?.row ?? null, column: "value", value: String(one.value) };
          if (problems.length < LISTED) problems.push({ ...at, code: doubt.code, message, severity: "warning" });
        }
      }
      return problems;
    },
  };
}

async function doubted(
  trx: Transaction<Database>,
  catalogue: CurrentCatalogue,
  held: readonly HeldSeries[],
): Promise<Map<string, Doubted>> {
  const submissions = new Set(held.flatMap((one) => [...one.submissions].filter((id) => !Number.isNaN(id))));
  const templates = await templateChecksOf(trx, [...submissions]);
  const found = new Map<string, Doubted>();
  for (const { series, organisation, first, values, submissions: heldBy, metric: code } of held) {
    const metric = catalogue.metrics.get(code);
    if (metric === undefined) continue;
    const ofMetric = checksOf(metric);
    const checksAt = (place: number) => checksBeatenBy(ofMetric, templates.get(heldBy[place] ?? NaN)?.[code]);
    for (const [place, doubts] of judgeValues({ metric, first: first as Period, values, checksAt })) {
      const at = { series, period: first + place * stepOf(metric.frequency) };
      const [submission, value] = [heldBy[place] ?? NaN, values[place] ?? NaN];
      found.set(nameOf(at), { ...at, metric: code, organisation, submission, value, doubts });
    }
  }
  return found;
}

const nameOf = ({ series, period }: { series: number; period: number }) => `${series} ${period}`;

/** Of a value that another submission gave. */
function anothers(one: Doubted, catalogue: CurrentCatalogue, doubt: Doubt): string {
  const frequency = catalogue.metrics.get(one.metric)?.frequency ?? "monthly";
  const where = `${one.metric} of ${one.organisation} in ${formatPeriod(one.period as Period, frequency)}`;
  return `Beside these figures another is not believed: ${where}, from submission ${one.submission}. ${doubtInWords(one.value, doubt)}`;
}
