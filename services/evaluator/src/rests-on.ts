import { type Database, type SubmissionBelow, submissionsBelow, type Transaction } from "@signalbox/db";
import {
  type Assessed,
  type CaseChange,
  type DecidedEvent,
  type SubjectDecision,
  placeOf,
} from "@signalbox/evaluation";

type OfSeries = SubjectDecision & { readonly assessed: Assessed | null };

/** The submissions that a move rests on, where its forums have heard of the case up to a period (null for never). */
export type RestsOn = (
  change: CaseChange<OfSeries>,
  event: DecidedEvent,
  toldThrough: number | null,
) => readonly number[];

/**
 * By which submissions the figures hold that moves rest on: of those months of a case that its forums have not heard of, and
 * of the run before it. Whatever made a series due, a catalogue or a withdrawal too, they are what a preview or a signature
 * is of.
 */
export async function whatMovesRestOn(
  trx: Transaction<Database>,
  changes: readonly CaseChange<OfSeries>[],
): Promise<{ submissions: readonly number[]; restsOn: RestsOn }> {
  const spans = changes.flatMap((change) => {
    const { assessed } = change.decision;
    const last = change.added.at(-1);
    if (assessed === null || last === undefined) return [];
    const from = Math.min(...change.added.map((event) => runBegins(assessed, change, event)));
    return [{ assessed, series: assessed.due.series, from, to: last.period }];
  });
  const computed = spans.filter(({ assessed }) => assessed.children.length > 0);
  const below = Map.groupBy(
    await submissionsBelow(
      trx,
      computed.map(({ series, from, to }) => ({ series, from, to })),
    ),
    ({ series }) => series,
  );
  const heldBy = (assessed: Assessed, from: number, to: number) =>
    submissionsOf(assessed, below.get(assessed.due.series) ?? [], { from, to });
  return {
    submissions: [...new Set(spans.flatMap(({ assessed, from, to }) => heldBy(assessed, from, to)))],
    restsOn: (change, event, toldThrough) => {
      const { assessed } = change.decision;
      if (assessed === null) return [];
      const begins = runBegins(assessed, change, event);
      const unheard = Math.max(begins, (toldThrough ?? -Infinity) + 1);
      return heldBy(assessed, Math.min(unheard, event.period), event.period);
    },
  };
}

/** The first period that a move rests on: that in which its case was raised, or in which the run began that moved it. */
function runBegins({ assessment }: Assessed, { raisedIn }: CaseChange, { period, reasons }: DecidedEvent): number {
  const isRun = reasons.some(({ rule }) => rule === "deterioration");
  const run = isRun ? (assessment.deterioratingFor[placeOf(assessment, period)] ?? 0) : 0;
  return Math.min(raisedIn, period - run * assessment.step);
}

function submissionsOf(
  { figures, assessment: { step } }: Assessed,
  below: readonly SubmissionBelow[],
  { from, to }: { from: number; to: number },
): number[] {
  const own = (period: number) => figures.submission[(period - figures.first) / step] ?? NaN;
  const all = below.flatMap(({ period, submission }) =>
    period >= from && period <= to && Number.isNaN(own(period)) ? [submission] : [],
  );
  for (let period = Math.max(from, figures.first); period <= to; period += step) {
    if (!Number.isNaN(own(period))) all.push(own(period));
  }
  return [...new Set(all)];
}
