import {
  aroundCase,
  type CurrentCatalogue,
  type Database,
  explainEscalation,
  type Explanation,
  type Kysely,
  namesIn,
  readSeriesPoints,
  sees,
  type SeriesPoints,
  type Sight,
  unsignedFigures,
  withoutUnsigned as pointsWithoutUnsigned,
} from "@signalbox/db";
import { nameOfPeriod } from "@signalbox/domain";
import { explainedCase } from "@signalbox/explain";
import { type ChartedSeries, chartedSeries } from "@signalbox/explain/charted-series";
import { besidePath } from "@signalbox/explain/path-in-words";
import { ragAndSpc } from "@signalbox/explain/rag-and-spc";
import { wordsFor } from "@signalbox/explain/words";
import { type Caller, sightOf } from "../../callers.ts";
import { mayAcknowledge } from "../../acknowledging.ts";
import { addressesIn, type FactReader, nameFor, readsAddresses, shownFact, submissionsIn } from "./case-facts.ts";
import { caseSections } from "./case-sections.ts";
import { withoutUnsigned } from "./case-unsigned.ts";
import { lastFigure, limitInWords, limitOf, whyOf } from "./case-why.ts";
import { markOf, movesOf, summaryOf, valueRows } from "./case-words.ts";

const PERIODS_SHOWN = 12;

/** What a case is read with: once a request. */
export interface Reading {
  readonly db: Kysely<Database>;
  readonly catalogue: CurrentCatalogue | null;
  readonly caller: Caller;
  readonly now: Temporal.Instant;
}

/** A case with all that it stands on, as far as somebody sees it; null where there is none for them. */
export async function readCase(id: number, { db, caller, now, catalogue }: Reading): Promise<Explanation | null> {
  const sight = sightOf({ caller });
  const names = catalogue === null ? {} : { names: namesIn(catalogue) };
  const found = await explainEscalation(db, id, { sight, now, ...names });
  if (found === null || seesWhole(sight, found)) return found;
  return withoutUnsigned(found, await unsignedFigures(db));
}

function seesWhole({ organisations }: Sight, { case: one }: Explanation): boolean {
  return sees(organisations, one.organisation);
}

/** What the page of a case shows. */
export async function casePage(explanation: Explanation, reading: Reading): Promise<object> {
  const { case: one, names } = explanation;
  const { db, catalogue, caller, now } = reading;
  const asked = { addresses: addressesIn(explanation), submissions: submissionsIn(explanation) };
  const [around, picture, following] = await Promise.all([
    aroundCase(db, one.id, { ...asked, sight: sightOf({ caller }), now }),
    pictureOf(explanation, reading),
    caseSections(explanation, reading),
  ]);
  const reader: FactReader = { showsAddresses: readsAddresses(caller), around };
  const { heading, figures, sections } = explainedCase(explanation);
  const rows = valueRows(figures, one.frequency);
  const shown = sections.map(({ facts, ...section }) => ({
    ...section,
    count: facts.length,
    facts: facts.map((fact) => shownFact(fact, reader)),
  }));
  const words = wordsFor(explanation);
  return {
    one: summaryOf(one, names),
    concern: one.concern,
    ...picture,
    heading: heading.map((fact) => shownFact(fact, reader)),
    glance: glanceOf(explanation),
    heldBack: one.standing && Temporal.Instant.compare(one.shownAt, now) > 0 ? one.shownAt : null,
    acknowledged: acknowledgedBy(one, reader),
    mayAcknowledge: one.standing && mayAcknowledge(caller, one),
    why: whyOf(explanation, words).map(({ term, facts }) => ({
      term,
      facts: facts.map((fact) => shownFact(fact, reader)),
    })),
    values: rows.slice(0, PERIODS_SHOWN),
    earlier: rows.slice(PERIODS_SHOWN),
    moves: movesOf(explanation.events, one.frequency),
    told: toldIn(explanation),
    asked: explanation.requests.map((request) => ({
      ...request,
      recipients: request.recipients.map((address) => nameFor(address, reader)).join(", "),
      period: nameOfPeriod(request.period, one.frequency),
    })),
    known: Object.fromEntries(shown.map((section) => [section.key, section])),
    previous: around.previous,
    next: around.next,
    series: one.metric === null ? null : { metric: one.metric, organisation: one.organisation },
    successors: successorsOf(one.organisation, catalogue),
    following,
  };
}

/** The figure, its limit, and since when: a line each. */
function glanceOf(explanation: Explanation) {
  const { case: one, names } = explanation;
  const words = wordsFor(explanation);
  const since = nameOfPeriod(one.raisedIn, one.frequency);
  const ended = one.endedIn === null ? null : nameOfPeriod(one.endedIn, one.frequency);
  if (one.concern !== "performance") {
    const many = one.concern === "reporting" ? one.metrics : one.areas;
    const named = many.map((code) => names.metrics.get(code)?.name ?? names.forums.get(code) ?? code);
    return { named, since, ended };
  }
  const figure = lastFigure(explanation);
  const limit = limitOf(explanation, figure);
  return {
    figure: figure && {
      value: figure.value === null && figure.noValue !== null ? figure.noValue : words.value(figure.value),
      period: nameOfPeriod(figure.period, one.frequency),
      mark: markOf(figure.rag),
    },
    limit: limit === undefined ? "none is set" : limitInWords(limit, words),
    since,
    ended,
  };
}

function acknowledgedBy(one: Explanation["case"], reader: FactReader) {
  return one.acknowledgements.toReversed().map((ack) => ({ ...ack, who: nameFor(ack.by, reader) }));
}

function toldIn({ told }: Explanation) {
  const sent = told.filter(({ status }) => status === "sent");
  return { people: new Set(sent.map(({ recipient }) => recipient)).size, last: sent.at(-1)?.sentAt ?? null };
}

function successorsOf(organisation: string, catalogue: CurrentCatalogue | null) {
  const next = catalogue?.successors.filter((one) => one.organisation === organisation) ?? [];
  return next.map(({ successor, from }) => ({
    name: catalogue?.organisations.get(successor)?.name ?? successor,
    from: nameOfPeriod(from, "monthly"),
  }));
}

/** The last figure beside what its action plan promised of that period; null where nothing was. */
function besidePlan(charted: ChartedSeries, { points, metric, expected }: SeriesPoints, catalogue: CurrentCatalogue) {
  const last = points.findLast(({ value }) => value !== null);
  const known = catalogue.metrics.get(metric);
  if (last === undefined || known === undefined || charted.againstPath === null) return null;
  return besidePath(last.value, expected?.get(last.period), known);
}

/** The chart of a case's series up to its end, and the sentence that joins RAG and SPC. */
async function pictureOf(explanation: Explanation, { db, catalogue, caller }: Reading) {
  const { metric, organisation, endedIn, frequency } = explanation.case;
  if (metric === null || catalogue === null) return {};
  const found = await readSeriesPoints(db, metric, organisation);
  if (found === null) return {};
  // Not the case's months alone: whatever its chart shows may wait for a signature.
  const seen = seesWhole(sightOf({ caller }), explanation);
  const points = seen ? found : pointsWithoutUnsigned(found, await unsignedFigures(db));
  const name = catalogue.organisations.get(organisation)?.name ?? organisation;
  const through = endedIn ?? Infinity;
  const charted = chartedSeries(catalogue, points, {
    through,
    organisation: name,
    narrow: true,
  });
  const last = explanation.figures.at(-1);
  if (charted === null) return {};
  return {
    chart: { wide: charted.svg, narrow: charted.narrowSvg },
    promised: besidePlan(charted, points, catalogue),
    standing: ragAndSpc(last && { ...last, frequency }, charted, points.better),
  };
}
