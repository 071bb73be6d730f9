import { type ExpectedByChance, NO_CHANCE, rulesFor, together } from "@signalbox/domain";
import type { DecidedEvent } from "../case-changes.ts";
import type { CatalogueView } from "../catalogue-view.ts";
import type { Rated } from "./assess-all.ts";
import { casesTried, movesTried, type Tried, type Window } from "./cases-tried.ts";
import { chanceOfSeries, monthsRated } from "./chance-of-series.ts";
import type { TrialCase, TrialMove, TrialSide } from "./trial.ts";

/** One side of a trial as it grows, with the cases of each series, or of each provider for several areas, by its key. */
export interface GrowingSide {
  readonly cases: Map<string, readonly TrialCase[]>;
  readonly moves: TrialMove[];
  chance: ExpectedByChance;
  rated: number;
  past: number;
}

export const emptySide = (): GrowingSide => ({ cases: new Map(), moves: [], chance: NO_CHANCE, rated: 0, past: 0 });

/** Adds what some limits make of one series. */
export function addSeries(side: GrowingSide, view: CatalogueView, { assessed, events }: Rated, window: Window): void {
  const { metric, organisation } = assessed;
  const rules = view.rules(metric);
  const tried: Tried = {
    metric: metric.code,
    organisation: organisation.code,
    area: metric.area,
    frequency: metric.frequency,
    dueWorkingDay: metric.dueWorkingDay ?? rules.submission.dueWorkingDay,
    urgent: metric.urgent,
    rules,
  };
  addEvents(side, view, { events, tried }, window);
  side.chance = together(side.chance, chanceOfSeries(view, assessed, window));
  const { rated, past } = monthsRated(assessed, window);
  side.rated += rated;
  side.past += past;
}

/** Adds a provider's case of several areas. */
export function addSeveralAreas(
  side: GrowingSide,
  view: CatalogueView,
  { organisation, events }: { organisation: string; events: readonly DecidedEvent[] },
  window: Window,
): void {
  const rules = rulesFor(view.catalogue.protocol.body, "monthly");
  const { dueWorkingDay } = rules.submission;
  const tried: Tried = {
    metric: null,
    organisation,
    area: null,
    frequency: "monthly",
    dueWorkingDay,
    urgent: false,
    rules,
  };
  addEvents(side, view, { events, tried }, window);
}

function addEvents(
  side: GrowingSide,
  view: CatalogueView,
  { events, tried }: { events: readonly DecidedEvent[]; tried: Tried },
  window: Window,
): void {
  const cases = casesTried(events, tried, window);
  if (cases.length === 0) return;
  side.cases.set(`${tried.metric ?? ""}\n${tried.organisation}`, cases);
  side.moves.push(...movesTried(view, events, tried, window));
}

export function finished({ cases, ...side }: GrowingSide): TrialSide {
  return { ...side, cases: [...cases.values()].flat() };
}
