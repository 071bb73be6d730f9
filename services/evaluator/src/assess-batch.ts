import {
  appendDecisions,
  clearDueSeries,
  type Database,
  decisionsOf,
  failSeries,
  holdCatalogue,
  markOrganisationsDue,
  newEvaluation,
  type ReplacedDecision,
  takeDueSeries,
  type Transaction,
  writeDecisions,
  writeReplaced,
} from "@signalbox/db";
import type { AssessingParts } from "./assessing-parts.ts";
import { assess, type Assessed } from "./assess.ts";
import { type CatalogueView, viewOf } from "./catalogue-view.ts";
import { compare, type Comparison, decisionOf, replacedBy, tailOf } from "./decided.ts";
import { gatherEvidence } from "./evidence.ts";
import { changeSeriesCases } from "./series-cases.ts";

/** An assessed series whose decisions are not those kept. */
export interface Changed {
  readonly assessed: Assessed;
  readonly comparison: Exclude<Comparison, { kind: "unchanged" }>;
}

/**
 * Takes a batch of due series, assesses each whole, and writes only what differs: decisions, cases, what is to be told and
 * asked. One transaction; returns how many series it took.
 */
export async function assessBatch({ db, clock, log, readCatalogue }: AssessingParts, limit: number): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const due = await takeDueSeries(trx, limit);
    if (due.length === 0) return 0;
    await holdCatalogue(trx);
    const catalogue = await readCatalogue(trx);
    if (catalogue === null) throw new Error("series are due but no catalogue is loaded");
    const view = viewOf(catalogue, await clock.now());
    const { evidence } = await gatherEvidence(trx, view, due);
    const failed = new Set<number>();
    const changed: Changed[] = [];
    for (const one of evidence) {
      try {
        const assessed = assess(view, one);
        if (assessed === null) continue;
        const comparison = compare(assessed, one.due.decided);
        if (comparison.kind !== "unchanged") changed.push({ assessed, comparison });
      } catch (error) {
        // One series that cannot be decided must not hold up the others: it is set aside, for an operator to see.
        const failure = error instanceof Error ? error.message : String(error);
        log.error({ err: error, series: one.due.series }, "a series could not be assessed");
        failed.add(one.due.series);
        await failSeries(trx, one.due.series, { failure, at: view.now });
      }
    }
    if (changed.length > 0) await write(trx, view, changed);
    await clearDueSeries(
      trx,
      due.flatMap(({ series }) => (failed.has(series) ? [] : [series])),
    );
    await markOrganisationsDue(trx, organisationsOf(changed), view.now);
    return due.length;
  });
}

async function write(trx: Transaction<Database>, view: CatalogueView, changed: readonly Changed[]): Promise<void> {
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
  const before = await decisionsOf(
    trx,
    others.flatMap(({ assessed }) => (assessed.due.decided === null ? [] : [assessed.due.series])),
  );
  const replaced: ReplacedDecision[] = [];
  const decisions = others.map(({ assessed, comparison: { digest } }) => {
    const old = before.get(assessed.due.series);
    const decision = decisionOf(assessed, { digest, evaluation, before: old });
    if (old !== undefined) replaced.push(...replacedBy(decision, old, assessed.assessment.step));
    return decision;
  });
  await writeReplaced(trx, replaced, evaluation);
  await writeDecisions(trx, decisions);
  await changeSeriesCases(trx, view, { changed, evaluation });
}

function organisationsOf(changed: readonly Changed[]) {
  const due = new Map<string, Set<number>>();
  for (const { assessed } of changed) {
    let by = due.get(assessed.organisation.code);
    if (by === undefined) due.set(assessed.organisation.code, (by = new Set()));
    for (const submission of assessed.due.dueBy) by.add(submission);
  }
  return [...due].map(([organisation, by]) => ({ organisation, dueBy: [...by] }));
}
