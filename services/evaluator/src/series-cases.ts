import {
  casesOfSeries,
  type Contested,
  type Database,
  type FirstSaid,
  firstSaid,
  eventsOf,
  latestCases,
  type ReadSubmission,
  readTimes,
  type StoredCase,
  type StoredEvent,
  takeBackDraftRequests,
  type Transaction,
  writeRequests,
  writeTellings,
} from "@signalbox/db";
import { asPeriod, isFresh } from "@signalbox/domain";
import {
  type Assessed,
  type Evidence,
  type CaseChange,
  caseChanges,
  type DecidedEvent,
  type SubjectDecision,
  type CatalogueView,
  itemOfSeries,
  chairsOf,
  doneBy,
  responsibleFor,
  heldBack,
} from "@signalbox/evaluation";
import type { Changed } from "./assess-batch.ts";
import { draftCommentary } from "./draft-commentary.ts";
import { itemOfLostSeries } from "./item-of-lost-series.ts";
import { type RestsOn, whatMovesRestOn } from "./rests-on.ts";
import { type CaseContext, writeChanges } from "./write-changes.ts";

interface SeriesSubject extends SubjectDecision {
  readonly evidence: Evidence;
  /** Null where the series has lost all its values. */
  readonly assessed: Assessed | null;
}

interface Decided {
  readonly evidence: Evidence;
  readonly assessed: Assessed | null;
  readonly events: readonly DecidedEvent[];
  readonly through: number | null;
}

/** Moves the cases of series whose decisions changed, tells of them and asks for plans and commentary. */
export async function changeSeriesCases(
  trx: Transaction<Database>,
  view: CatalogueView,
  {
    changed,
    lost,
    evaluation,
    contested,
  }: {
    changed: readonly Changed[];
    lost: readonly Evidence[];
    evaluation: number;
    /** Figures whose dispute their restatement has just ended. */
    contested: readonly Contested[];
  },
): Promise<void> {
  const assessed = changed.map((one) => ({
    evidence: one.assessed,
    assessed: one.assessed,
    events: one.events,
    through: one.comparison.kind === "longer" ? one.comparison.through : null,
  }));
  const decided: Decided[] = [
    ...assessed,
    ...lost.map((evidence) => ({ evidence, assessed: null, events: [], through: null })),
  ];
  const changes = await changesOf(trx, decided);
  const { submissions, restsOn } = view.hasPreview ? await whatMovesRestOn(trx, changes) : nothingHeld;
  const first = view.hasPreview ? await firstSaid(trx, restatedPeriods(changes)) : [];
  const holding = [...new Set([...causesOf(decided), ...submissions, ...first.map(({ submission }) => submission)])];
  const readAt = view.hasPreview ? await readTimes(trx, holding) : new Map<number, ReadSubmission>();
  const contextOf = contextOfSeries(view, { readAt, restsOn, first, contested });
  await writeChanges(trx, changes, { now: view.now, evaluation, slt: view.slt, contextOf });
  const commentary = draftCommentary(view, assessed);
  await takeBackDraftRequests(trx, commentary.groundless, view.now);
  await writeRequests(trx, commentary.requests, view.now);
  await writeTellings(trx, commentary.tellings);
}

/** Without a preview nobody waits for anything. */
const nothingHeld: { submissions: readonly number[]; restsOn: RestsOn } = { submissions: [], restsOn: () => [] };

/** A series that only grew is compared with its last case; any other with all it ever had. */
async function changesOf(
  trx: Transaction<Database>,
  decided: readonly Decided[],
): Promise<CaseChange<SeriesSubject>[]> {
  const longer = decided.filter(({ events, through }) => through !== null && (events.at(-1)?.period ?? -1) > through);
  const other = decided.filter(({ through }) => through === null);
  const latest = await latestCases(trx, longer.map(seriesOf));
  const all = await casesOfSeries(trx, other.map(seriesOf));
  const ids = all.map(({ id }) => id);
  const events = Map.groupBy(await eventsOf(trx, ids), ({ escalation }) => escalation);
  const stored = Map.groupBy([...latest, ...all], ({ series }) => series);
  return [...longer, ...other].flatMap((one) =>
    caseChanges<SeriesSubject>(subjectOf(one, stored.get(seriesOf(one)) ?? [], events)),
  );
}

const seriesOf = ({ evidence }: Decided) => evidence.due.series;
const causesOf = (decided: readonly Decided[]) => decided.flatMap(({ evidence }) => evidence.due.dueBy);

function subjectOf(
  { evidence, assessed, events, through }: Decided,
  cases: readonly StoredCase[],
  storedEvents: ReadonlyMap<number, StoredEvent[]>,
): SeriesSubject {
  const { metric, organisation, due } = evidence;
  return {
    evidence,
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
  {
    readAt,
    restsOn,
    first,
    contested,
  }: {
    readAt: ReadonlyMap<number, ReadSubmission>;
    restsOn: RestsOn;
    first: readonly FirstSaid[];
    contested: readonly Contested[];
  },
): CaseContext<SeriesSubject> {
  const disputed = new Set(contested.map(({ series, period }) => `${series} ${period}`));
  const firstOf = new Map(first.map(({ series, period, submission }) => [`${series} ${period}`, submission]));
  return (change: CaseChange<SeriesSubject>, { throughLeft }) => {
    const { assessed, evidence } = change.decision;
    const { metric, organisation, due } = evidence;
    const rules = view.rules(metric);
    const lastPassed = view.lastPassed(metric);
    const forums = (tier: string) => (tier === "slt" ? [view.slt, metric.area] : [metric.area]);
    const responsible = (role: "owner" | "author") => (period: number) =>
      responsibleFor(view.people, role, { metric, organisation: organisation.code, period });
    const owner = responsible("owner");
    const restsOnOf = (event: DecidedEvent) => restsOn(change, event, throughLeft);
    /**
     * A move by a figure that was restated after it was out: word of its period has left to the case's forums, or what was
     * first said of it is held back no longer. What is still held back is no restatement to leaders.
     */
    const isRestatement = (event: DecidedEvent): boolean => {
      if (!event.restated) return false;
      if (throughLeft !== null && event.period <= throughLeft) return true;
      // What was in dispute had not been told: what puts it right is no restatement to leaders, and has its own preview.
      if (disputed.has(`${due.series} ${event.period}`)) return false;
      const submission = firstOf.get(`${due.series} ${event.period}`);
      // A figure that is computed of others was out where it was decided of before.
      if (submission === undefined) return wasDecided(event, due);
      const said = readAt.get(submission);
      // What somebody released is held back no longer.
      return said === undefined || Temporal.Instant.compare(heldBack([said], rules)?.until ?? view.now, view.now) <= 0;
    };
    const heldOf = (event: DecidedEvent) => {
      if (metric.urgent || isRestatement(event)) return null;
      const by = new Set([...due.dueBy, ...restsOnOf(event)]);
      return heldBack(
        [...by].flatMap((id) => readAt.get(id) ?? []),
        rules,
      );
    };
    const release = (event: DecidedEvent) => later(view.now, heldOf(event)?.until ?? view.now);
    return {
      rules,
      isFresh: (period: number) =>
        view.ticking &&
        isFresh(asPeriod(period), { lastPassed, tellWithin: rules.tellWithin, frequency: metric.frequency }),
      release,
      awaited: (event) => heldOf(event)?.previewEnds ?? null,
      restsOn: restsOnOf,
      doneBy: doneBy(evidence.acts, change.replaced),
      signers: signersOf(view, metric.area),
      shownAt: change.added.map(release).toSorted(Temporal.Instant.compare)[0] ?? view.now,
      concerned: {
        forums,
        owner,
        author: responsible("author"),
        atOnce: (tier, { period }) =>
          metric.urgent ? [...new Set([...chairsOf(view.people, forums(tier)), ...owner(period)])] : [],
      },
      detail: (event, of) =>
        assessed === null
          ? itemOfLostSeries(view, evidence, event)
          : itemOfSeries(view, assessed, { event, change: of }),
    };
  };
}

/** Who signs off the cases of a board: its chair; where it has none, the chair of the SLT. */
function signersOf({ people, slt }: CatalogueView, board: string): string[] {
  const chairs = chairsOf(people, [board]);
  return chairs.length > 0 ? chairs : chairsOf(people, [slt]);
}

function wasDecided({ period }: DecidedEvent, { decided }: Evidence["due"]): boolean {
  return decided !== null && period < decided.first + decided.count * decided.step;
}

function restatedPeriods(changes: readonly CaseChange<SeriesSubject>[]): { series: number; period: number }[] {
  return changes.flatMap(({ decision, added }) =>
    added.flatMap(({ restated, period }) => (restated ? [{ series: decision.evidence.due.series, period }] : [])),
  );
}

function later(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) >= 0 ? one : other;
}
