import type { CurrentCatalogue } from "@signalbox/db";
import { asPeriod, type Frequency, formatPeriod, MOST_OF_A_PLAN, parsePeriod, type Period } from "@signalbox/domain";
import { periodsAfter } from "../../plans/prefilled.ts";
import type { SeenPlan } from "../../plans/read-plan.ts";
import { seriesNamed, textIn, type TypedAction, type TypedPath, type TypedPlan } from "../../plans/typed-plan.ts";

const MORE_VALUES = 3;
const FIRST_VALUES = 6;

interface Around {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly seen: SeenPlan;
  readonly catalogue: CurrentCatalogue;
}

/** What a form holds after a button that adds or takes out a part of it; null for any other button. */
export function moreOrLess(typed: TypedPlan, button: string, around: Around): TypedPlan | null {
  const [, what = "", place = ""] =
    /^(add-action|remove-action|add-values|add-path|remove-path)(?:-(\d{1,2}))?$/.exec(button) ?? [];
  const at = Number(place);
  switch (what) {
    case "add-action":
      if (typed.actions.length >= MOST_OF_A_PLAN.actions) return typed;
      return { ...typed, actions: [...typed.actions, blankAction(typed, around.seen)] };
    case "remove-action":
      return { ...typed, actions: typed.actions.filter((_, one) => one !== at) };
    case "add-values":
      return { ...typed, paths: typed.paths.map((path, one) => (one === at ? longer(path, around) : path)) };
    case "add-path":
      return { ...typed, paths: withPath(typed.paths, textIn(around.fields, "new-path"), around) };
    case "remove-path":
      return { ...typed, paths: typed.paths.filter((_, one) => one !== at) };
    default:
      return null;
  }
}

/** A number is never given twice, not even that of an action that was taken out. */
function blankAction({ actions }: TypedPlan, { revisions }: SeenPlan): TypedAction {
  const used = [...revisions.flatMap(({ body }) => body.actions), ...actions].map(({ number }) => number);
  const number = Math.max(0, ...used) + 1;
  return { number, what: "", owner: "", startsOn: "", dueOn: "", effect: "", by: "", in: "" };
}

function longer(path: TypedPath, around: Around): TypedPath {
  const frequency = frequencyOf(path.metric, around);
  const last = path.values
    .flatMap(({ period }) => parsePeriod(period, frequency) ?? [])
    .toSorted((a, b) => a - b)
    .at(-1);
  const more = periodsAfter(last ?? lastReached(frequency, around), frequency, MORE_VALUES);
  return { ...path, values: [...path.values, ...blank(more, frequency)].slice(0, MOST_OF_A_PLAN.values) };
}

function withPath(paths: TypedPlan["paths"], key: string, around: Around): TypedPlan["paths"] {
  const named = seriesNamed(key);
  const isThere = paths.some(
    ({ metric, organisation }) => metric === named.metric && organisation === named.organisation,
  );
  if (isThere || !around.catalogue.metrics.has(named.metric) || paths.length >= MOST_OF_A_PLAN.series) return paths;
  const frequency = frequencyOf(named.metric, around);
  const periods = periodsAfter(lastReached(frequency, around), frequency, FIRST_VALUES);
  return [...paths, { ...named, values: blank(periods, frequency) }];
}

/** The last period that one of the plan's cases has reached. */
function lastReached(frequency: Frequency, { seen }: Around): Period {
  const last = Math.max(...seen.cases.map(({ reachedPeriod }) => reachedPeriod), 0);
  return asPeriod(frequency === "quarterly" ? last - (last % 3) : last);
}

function frequencyOf(metric: string, { catalogue }: Around): Frequency {
  return catalogue.metrics.get(metric)?.frequency ?? "monthly";
}

function blank(periods: readonly Period[], frequency: Frequency) {
  return periods.map((period) => ({ period: formatPeriod(period, frequency), value: "" }));
}
