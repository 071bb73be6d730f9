import {
  appendDecisions,
  clearDueSeries,
  type Contested,
  type Database,
  decisionsOf,
  dropDecisions,
  endRestated,
  failSeries,
  holdCatalogue,
  holdDecided,
  markOrganisationsDue,
  newEvaluation,
  type ReplacedDecision,
  takeDueSeries,
  type Transaction,
  writeDecisions,
  writeReplaced,
} from "@signalbox/db";
import { cutCases, stepOf } from "@signalbox/domain";
import {
  assess,
  type Assessed,
  type Evidence,
  type DecidedEvent,
  type CatalogueView,
  viewOf,
  allReplaced,
  compare,
  type Comparison,
  decisionOf,
  replacedBy,
  tailOf,
  formerLinks,
  gatherEvidence,
  seriesEvents,
} from "@signalbox/evaluation";
import type { AssessingParts } from "./assessing-parts.ts";
import { changeSeriesCases } from "./series-cases.ts";

/** An assessed series whose decisions are not those kept. */
export interface Changed {
  readonly assessed: Assessed;
  readonly events: readonly DecidedEvent[];
  readonly comparison: Exclude<Comparison, { kind: "unchanged" }>;
}

/**
 * Takes a batch of due series, assesses each whole, and writes only what differs: decisions, cases, what is to be told and
 * asked. One transaction; returns how many series it took.
 */
export async function assessBatch({ db, clock, log, readCatalogue }: AssessingParts, limit: number): Promise<number> {
  return db.transaction().execute(async (trx) => {
    await holdCatalogue(trx);
    const catalogue = await readCatalogue(trx);
    const due = await takeDueSeries(trx, limit, catalogue === null ? [] : formerLinks(catalogue).waited);
    if (due.length === 0) return 0;
    if (catalogue === null) throw new Error("series are due but no catalogue is loaded");
    const view = viewOf(catalogue, { now: await clock.now(), ticking: await clock.ticking() });
    const { evidence } = await gatherEvidence(trx, view, due);
    const failed = new Set<number>();
    const changed: Changed[] = [];
    const lost: Evidence[] = [];
    for (const one of evidence) {
      try {
        const assessed = assess(view, one);
        if (assessed === null) {
          if (one.due.decided !== null) lost.push(one);
          continue;
        }
        const comparison = compare(assessed, one.due.decided, view.governedBy(one.metric, one.organisation));
        if (comparison.kind === "unchanged") continue;
        const events = seriesEvents(view, assessed);
        cutCases(events);
        changed.push({ assessed, events, comparison });
      } catch (error) {
        // One series that cannot be decided must not hold up the others: it is set aside, for an operator to see.
        const failure = error instanceof Error ? error.message : String(error);
        log.error({ err: error, series: one.due.series }, "a series could not be assessed");
        failed.add(one.due.series);
        await failSeries(trx, one.due.series, { failure, at: view.now });
      }
    }
    const taken = due.map((one) => one.series);
    const contested = await endRestated(trx, taken, view.now);
    if (changed.length + lost.length > 0) await write(trx, view, { changed, lost, contested });
    await holdDecided(trx, taken, view.now);
    await clearDueSeries(
      trx,
      due.flatMap(({ series }) => (failed.has(series) ? [] : [series])),
    );
    await markOrganisationsDue(trx, organisationsOf([...changed.map(({ assessed }) => assessed), ...lost]), view.now);
    return due.length;
  });
}

async function write(
  trx: Transaction<Database>,
  view: CatalogueView,
  {
    changed,
    lost,
    contested,
  }: { changed: readonly Changed[]; lost: readonly Evidence[]; contested: readonly Contested[] },
): Promise<void> {
  const { catalogue, now } = view;
  const evaluation = await newEvaluation(trx, {
    now,
    protocol: catalogue.protocol.id,
    catalogueVersion: catalogue.version,
    cause: "series",
  });
  await appendDecisions(
    trx,
    changed.flatMap(({ assessed, comparison }) => {
      if (comparison.kind !== "longer") return [];
      const { digest, through } = comparison;
      const decision = decisionOf(assessed, { digest, evaluation, before: undefined });
      return [tailOf(decision, { through, step: assessed.assessment.step })];
    }),
  );
  const others = changed.filter(({ comparison }) => comparison.kind === "other");
  const known = [...others.map(({ assessed }) => assessed), ...lost].filter(({ due }) => due.decided !== null);
  const before = await decisionsOf(
    trx,
    known.map(({ due }) => due.series),
  );
  const replaced: ReplacedDecision[] = [];
  const decisions = others.map(({ assessed, comparison: { digest } }) => {
    const old = before.get(assessed.due.series);
    const decision = decisionOf(assessed, { digest, evaluation, before: old });
    if (old !== undefined) replaced.push(...replacedBy(decision, old, assessed.assessment.step));
    return decision;
  });
  for (const { due, metric } of lost) {
    const old = before.get(due.series);
    if (old !== undefined) replaced.push(...allReplaced(old, stepOf(metric.frequency)));
  }
  await writeReplaced(trx, replaced, evaluation);
  await writeDecisions(trx, decisions);
  await dropDecisions(
    trx,
    lost.map(({ due }) => due.series),
  );
  await changeSeriesCases(trx, view, { changed, lost, evaluation, contested });
}

function organisationsOf(touched: readonly Evidence[]) {
  const due = new Map<string, Set<number>>();
  for (const { organisation, due: series } of touched) {
    let by = due.get(organisation.code);
    if (by === undefined) due.set(organisation.code, (by = new Set()));
    for (const submission of series.dueBy) by.add(submission);
  }
  return [...due].map(([organisation, by]) => ({ organisation, dueBy: [...by] }));
}
