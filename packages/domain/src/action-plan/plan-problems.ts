import { type Better, isWorse } from "../metric.ts";
import { asPeriod, type Period } from "../period.ts";
import type { PlanBody, PlannedAction, PlannedPath } from "./plan-body.ts";
import { sizeProblems } from "./plan-sizes.ts";

/** What is wrong with a plan, at which field ("actions.0.owner"), in words that say what to do. */
export interface PlanProblem {
  readonly field: string;
  readonly code: PlanFault;
  readonly message: string;
  /** What does not even fit into a draft holds saving; the rest holds sending alone. */
  readonly holds: "saving" | "sending";
}

export type PlanFault =
  | "too-long"
  | "too-many"
  | "missing"
  | "no-actions"
  | "unknown-person"
  | "due-before-start"
  | "due-in-past"
  | "number-twice"
  | "not-your-series"
  | "wrong-way"
  | "no-path"
  | "period-twice"
  | "path-not-back"
  | "negative-cost";

/** One of the plan's cases that has one series, and what its path must come back past. */
export interface CaseOfPlan {
  readonly metric: string;
  readonly organisation: string;
  /** How a message calls it. */
  readonly name: string;
  readonly better: Better;
  /** The limit that the figure must come back past, as a value of the period; null where there is none. */
  readonly limitIn: (period: Period) => number | null;
  readonly write: (value: number) => string;
}

/** What a plan is judged by. */
export interface PlanContext {
  readonly today: Temporal.PlainDate;
  /** The addresses that the catalogue knows, in small letters. */
  readonly people: ReadonlySet<string>;
  /** Which way is better in a series of the plan's organisation, or of one below it; null for any other. */
  readonly betterOf: (metric: string, organisation: string) => Better | null;
  readonly cases: readonly CaseOfPlan[];
  /** The revision that was accepted last: a day of it that is past now may stay. */
  readonly accepted: PlanBody | null;
}

/** Every fault of a plan, in the order of its fields. Nothing but what holds saving is a fault of a draft. */
export function planProblems(body: PlanBody, context: PlanContext): PlanProblem[] {
  return [
    ...sizeProblems(body),
    ...(body.what.trim() === "" ? [missing("what", "Say what happened.")] : []),
    ...(body.why.trim() === "" ? [missing("why", "Say why it happened.")] : []),
    ...(body.actions.length === 0
      ? [fault("actions", "no-actions", "Add at least one action: what is done, by whom and by when.")]
      : []),
    ...body.actions.flatMap((action, at) => actionProblems(action, `actions.${at}`, body, context)),
    ...body.path.flatMap((path, at) => pathProblems(path, `path.${at}`, context)),
    ...context.cases.flatMap((one) => casePathProblems(one, body)),
    ...(body.cost !== null && body.cost < 0
      ? [fault("cost", "negative-cost", "Give the cost as an amount of pounds from 0.")]
      : []),
  ];
}

function actionProblems(action: PlannedAction, at: string, body: PlanBody, context: PlanContext): PlanProblem[] {
  const { what, owner, startsOn, dueOn } = action;
  return [
    ...(what.trim() === "" ? [missing(`${at}.what`, "Say what is to be done, or take the action out.")] : []),
    ...(body.actions.filter(({ number }) => number === action.number).length > 1
      ? [fault(`${at}.number`, "number-twice", `Two actions have the number ${action.number}: give each its own.`)]
      : []),
    ...ownerProblems(owner, `${at}.owner`, context),
    ...(dueOn === null ? [missing(`${at}.dueOn`, "Give the day by which it is done.")] : []),
    ...(dueOn !== null && startsOn !== null && dueOn < startsOn
      ? [fault(`${at}.dueOn`, "due-before-start", "It is due before it starts: change one of the two days.")]
      : []),
    ...(dueOn !== null && dueOn < context.today.toString() && !wasAccepted(action, context)
      ? [fault(`${at}.dueOn`, "due-in-past", "This day is past: give a day from today on.")]
      : []),
    ...effectProblems(action, at, context),
  ];
}

function ownerProblems(owner: string, field: string, { people }: PlanContext): PlanProblem[] {
  if (owner.trim() === "") return [missing(field, "Say who does it.")];
  if (people.has(owner.trim().toLowerCase())) return [];
  return [
    fault(
      field,
      "unknown-person",
      "Signalbox does not know this address: choose a person from the list, or ask your administrator to add them.",
    ),
  ];
}

/** What was due in the past when the plan was accepted as it stands is no new promise. */
function wasAccepted({ number, dueOn }: PlannedAction, { accepted }: PlanContext): boolean {
  return accepted?.actions.some((before) => before.number === number && before.dueOn === dueOn) ?? false;
}

function effectProblems({ effect }: PlannedAction, at: string, { betterOf }: PlanContext): PlanProblem[] {
  if (effect === null) return [];
  const better = betterOf(effect.metric, effect.organisation);
  return [
    ...(better !== null
      ? []
      : [
          fault(
            `${at}.effect`,
            "not-your-series",
            "Choose a measure of the plan's own organisation, or of one below it.",
          ),
        ]),
    ...(effect.by !== null && better !== null && (effect.by === 0 || isWorse(better, effect.by, 0))
      ? [fault(`${at}.effect.by`, "wrong-way", WRONG_WAY[better])]
      : []),
    ...(effect.by === null
      ? [missing(`${at}.effect.by`, "Say by how much the figure moves, or choose no measure.")]
      : []),
    ...(effect.in === null ? [missing(`${at}.effect.in`, "Say by when the figure moves, or choose no measure.")] : []),
  ];
}

const WRONG_WAY: Readonly<Record<Better, string>> = {
  higher: "Higher is better here: say by how much the figure rises, such as 3.5.",
  lower: "Lower is better here: say by how much the figure falls, with a minus, such as -3.5.",
  neither: "Say by how much the figure moves, with a minus for a fall.",
};

function pathProblems(
  { metric, organisation, values }: PlannedPath,
  at: string,
  { betterOf }: PlanContext,
): PlanProblem[] {
  const repeated = values.findIndex(({ period }, place) => values.findIndex((one) => one.period === period) < place);
  return [
    ...(betterOf(metric, organisation) !== null
      ? []
      : [
          fault(
            at,
            "not-your-series",
            "Draw the path of a measure of the plan's own organisation, or of one below it.",
          ),
        ]),
    ...(repeated === -1
      ? []
      : [fault(`${at}.values.${repeated}`, "period-twice", "This period stands here twice: keep one value for it.")]),
  ];
}

function casePathProblems(one: CaseOfPlan, { path }: PlanBody): PlanProblem[] {
  const at = path.findIndex(({ metric, organisation }) => metric === one.metric && organisation === one.organisation);
  const values = (path[at]?.values ?? []).filter(
    (given): given is { period: number; value: number } => given.value !== null,
  );
  const last = values.toSorted((a, b) => a.period - b.period).at(-1);
  const field = at === -1 ? "path" : `path.${at}`;
  if (last === undefined) {
    return [
      fault(field, "no-path", `Give the values that you expect of ${one.name}, one for each period of the way back.`),
    ];
  }
  const limit = one.limitIn(asPeriod(last.period));
  if (limit === null || !isWorse(one.better, last.value, limit)) return [];
  return [
    fault(
      field,
      "path-not-back",
      `The path of ${one.name} ends at ${one.write(last.value)} and never comes back past the limit of ${one.write(limit)}: go on until it does.`,
    ),
  ];
}

function missing(field: string, message: string): PlanProblem {
  return { field, code: "missing", message, holds: "sending" };
}

function fault(field: string, code: PlanFault, message: string): PlanProblem {
  return { field, code, message, holds: "sending" };
}
