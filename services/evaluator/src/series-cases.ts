import {
  casesOfSeries,
  type Database,
  eventsOf,
  latestCases,
  readTimes,
  type StoredCase,
  type StoredEvent,
  takeBackDraftRequests,
  type Transaction,
  writeRequests,
  writeTellings,
} from "@signalbox/db";
import { isFresh, type Period } from "@signalbox/domain";
import type { Changed } from "./assess-batch.ts";
import type { Assessed } from "./assess.ts";
import { type CaseChange, caseChanges, type SubjectDecision } from "./case-changes.ts";
import type { CatalogueView } from "./catalogue-view.ts";
import { draftCommentary } from "./draft-commentary.ts";
import { itemOfSeries } from "./item-of-series.ts";
import { chairsOf, responsibleFor } from "./responsible.ts";
import { seriesEvents } from "./series-events.ts";
import { previewEnds } from "./timing.ts";
import { type CaseContext, writeChanges } from "./write-changes.ts";

interface SeriesSubject extends SubjectDecision {
  readonly assessed: Assessed;
}

/** Moves the cases of series whose decisions changed, tells of them and asks for plans and commentary. */
export async function changeSeriesCases(
  trx: Transaction<Database>,
  view: CatalogueView,
  { changed, evaluation }: { changed: readonly Changed[]; evaluation: number },
): Promise<void> {
  const decided = changed.map(({ assessed, comparison }) => ({
    assessed,
    events: seriesEvents(view, assessed),
    through: comparison.kind === "longer" ? comparison.through : null,
  }));
  const longer = decided.filter(({ events, through }) => through !== null && (events.at(-1)?.period ?? -1) > through);
  const other = decided.filter(({ through }) => through === null);
  const latest = await latestCases(trx, longer.map(seriesOf));
  const all = await casesOfSeries(trx, other.map(seriesOf));
  const events = Map.groupBy(
    await eventsOf(
      trx,
      all.map(({ id }) => id),
    ),
    ({ escalation }) => escalation,
  );
  const stored = Map.groupBy([...latest, ...all], ({ series }) => series);
  const changes = [...longer, ...other].flatMap((one) => {
    const cases = stored.get(seriesOf(one)) ?? [];
    return caseChanges<SeriesSubject>(subjectOf(one, cases, events));
  });
  const readAt =
    view.catalogue.protocol.body.preview === undefined ? new Map() : await readTimes(trx, causesOf(changed));
  const contextOf = contextOfSeries(view, readAt);
  await writeChanges(trx, changes, { now: view.now, evaluation, slt: view.slt, contextOf });
  const commentary = draftCommentary(view, decided);
  await takeBackDraftRequests(trx, commentary.groundless, view.now);
  await writeRequests(trx, commentary.requests, view.now);
  await writeTellings(trx, commentary.tellings);
}

const seriesOf = ({ assessed }: { assessed: Assessed }) => assessed.due.series;
const causesOf = (changed: readonly Changed[]) => [...new Set(changed.flatMap(({ assessed }) => assessed.due.dueBy))];

function subjectOf(
  { assessed, events, through }: { assessed: Assessed; events: SeriesSubject["events"]; through: number | null },
  cases: readonly StoredCase[],
  storedEvents: ReadonlyMap<number, StoredEvent[]>,
): SeriesSubject {
  const { metric, organisation, due } = assessed;
  return {
    assessed,
    subject: {
      concern: "performance",
      series: due.series,
      organisation: organisation.code,
      metric: metric.code,
      area: metric.area,
      frequency: metric.frequency,
    },
    events,
    unchangedThrough: through,
    stored: cases,
    storedEvents: cases.flatMap(({ id }) => storedEvents.get(id) ?? []),
    causedBy: due.dueBy,
  };
}

function contextOfSeries(
  view: CatalogueView,
  readAt: ReadonlyMap<number, Temporal.Instant>,
): CaseContext<SeriesSubject> {
  return (change: CaseChange<SeriesSubject>) => {
    const { assessed } = change.decision;
    const { metric, organisation } = assessed;
    const rules = view.rules(metric);
    const lastPassed = view.lastPassed(metric);
    const forums = (tier: string) => (tier === "slt" ? [view.slt, metric.area] : [metric.area]);
    const owner = responsibleFor(view.people, "owner", { metric, organisation: organisation.code });
    const readLast = assessed.due.dueBy.map((id) => readAt.get(id)).filter((at) => at !== undefined);
    const read = readLast.toSorted(Temporal.Instant.compare).at(-1);
    const release = (restated: boolean) =>
      restated || metric.urgent || read === undefined
        ? view.now
        : later(view.now, previewEnds(read, rules.preview.workingDays));
    return {
      rules,
      isFresh: (period: number) =>
        isFresh(period as Period, { lastPassed, tellWithin: rules.tellWithin, frequency: metric.frequency }),
      release: (event) => release(event.restated),
      shownAt: release(change.added.some(({ restated }) => restated)),
      concerned: {
        forums,
        owner,
        author: responsibleFor(view.people, "author", { metric, organisation: organisation.code }),
        atOnce: (tier) => (metric.urgent ? [...new Set([...chairsOf(view.people, forums(tier)), ...owner])] : []),
      },
      detail: (event, of) => itemOfSeries(view, assessed, { event, change: of }),
    };
  };
}

function later(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) >= 0 ? one : other;
}
