import type { CurrentCatalogue } from "@signalbox/db";
import {
  asPeriod,
  formatPeriod,
  formatValue,
  type Frequency,
  MOST_OF_A_PLAN,
  nameOfPeriod,
  type Period,
  type PlanBody,
  type PlannedAction,
  type PlannedPath,
} from "@signalbox/domain";

export const PLAN_TEXTS = ["what", "why", "risks", "help", "activity"] as const;

/** A plan as its form holds it: all of it as it was typed. */
export interface TypedPlan {
  readonly texts: Readonly<Record<(typeof PLAN_TEXTS)[number], string>>;
  readonly cost: string;
  readonly actions: readonly TypedAction[];
  readonly paths: readonly TypedPath[];
}

export interface TypedAction {
  readonly number: number;
  readonly what: string;
  readonly owner: string;
  readonly startsOn: string;
  readonly dueOn: string;
  /** "metric|organisation"; empty for no effect. */
  readonly effect: string;
  readonly by: string;
  readonly in: string;
}

export interface TypedPath {
  readonly metric: string;
  readonly organisation: string;
  /** Periods as the contract writes them. */
  readonly values: readonly { readonly period: string; readonly value: string }[];
}

/** Names a series in one field. */
export function seriesKey({ metric, organisation }: { metric: string; organisation: string }): string {
  return `${metric}|${organisation}`;
}

/** The metric and the organisation that a field names. */
export function seriesNamed(key: string): { metric: string; organisation: string } {
  const [metric = "", organisation = ""] = key.split("|", 2);
  return { metric, organisation };
}

/** A kept plan as its form shows it. */
export function typedPlan(body: PlanBody, catalogue: CurrentCatalogue): TypedPlan {
  const { what, why, risks, help, activity, cost } = body;
  return {
    texts: { what, why, risks, help, activity },
    cost: cost === null ? "" : String(cost),
    actions: body.actions.map((action) => typedAction(action, catalogue)),
    paths: body.path.map((path) => typedPath(path, catalogue)),
  };
}

function typedAction({ effect, startsOn, dueOn, ...action }: PlannedAction, catalogue: CurrentCatalogue): TypedAction {
  const metric = effect === null ? undefined : catalogue.metrics.get(effect.metric);
  return {
    ...action,
    startsOn: dayTyped(startsOn),
    dueOn: dayTyped(dueOn),
    effect: effect === null ? "" : seriesKey(effect),
    by: effect === null || effect.by === null ? "" : sizeTyped(effect.by, metric),
    in: effect === null || effect.in === null ? "" : periodToType(asPeriod(effect.in), metric?.frequency ?? "monthly"),
  };
}

function typedPath({ metric, organisation, values }: PlannedPath, catalogue: CurrentCatalogue): TypedPath {
  const known = catalogue.metrics.get(metric);
  const frequency: Frequency = known?.frequency ?? "monthly";
  return {
    metric,
    organisation,
    values: values.map(({ period, value }) => ({
      period: formatPeriod(asPeriod(period), frequency),
      value: value === null ? "" : sizeTyped(value, known),
    })),
  };
}

/** "June 2027", as somebody would type it, or "2027/28 Q1". */
function periodToType(period: Period, frequency: Frequency): string {
  return frequency === "monthly" ? nameOfPeriod(period, frequency) : formatPeriod(period, frequency);
}

/** A number as it may be typed again: exact where its notation is plain, by its words where it is a grade or a time. */
function sizeTyped(value: number, metric: Parameters<typeof formatValue>[1] | undefined): string {
  if (metric === undefined || !["ordinal", "yesno", "duration"].includes(metric.unit)) return String(value);
  return formatValue(value, metric);
}

/** "3/6/2024" of "2024-06-03". */
function dayTyped(day: string | null): string {
  if (day === null) return "";
  const { year, month, day: of } = Temporal.PlainDate.from(day);
  return `${of}/${month}/${year}`;
}

type Fields = Readonly<Record<string, unknown>>;

/** A plan as a form sent it. */
export function typedIn(fields: Fields): TypedPlan {
  const texts = Object.fromEntries(PLAN_TEXTS.map((name) => [name, textIn(fields, name)])) as TypedPlan["texts"];
  return {
    texts,
    cost: textIn(fields, "cost"),
    actions: counted(fields, "actions-count", MOST_OF_A_PLAN.actions + 1).map((at) => actionIn(fields, at)),
    paths: counted(fields, "path-count", MOST_OF_A_PLAN.series + 1).map((at) => pathIn(fields, at)),
  };
}

function actionIn(fields: Fields, at: number): TypedAction {
  const of = (name: string) => textIn(fields, `actions-${at}-${name}`);
  const number = Number(of("number"));
  return {
    number: Number.isInteger(number) && number >= 1 && number <= 10_000 ? number : at + 1,
    what: of("what"),
    owner: of("owner"),
    startsOn: of("startsOn"),
    dueOn: of("dueOn"),
    effect: of("effect"),
    by: of("effect-by"),
    in: of("effect-in"),
  };
}

function pathIn(fields: Fields, at: number): TypedPath {
  const values = counted(fields, `path-${at}-count`, MOST_OF_A_PLAN.values + 1);
  return {
    metric: textIn(fields, `path-${at}-metric`),
    organisation: textIn(fields, `path-${at}-organisation`),
    values: values.map((place) => ({
      period: textIn(fields, `path-${at}-period-${place}`),
      value: textIn(fields, `path-${at}-values-${place}`),
    })),
  };
}

function counted(fields: Fields, name: string, most: number): number[] {
  const count = Number(textIn(fields, name));
  return Number.isInteger(count) && count > 0 ? Array.from({ length: Math.min(count, most) }, (_, at) => at) : [];
}

/** One field of a form; empty where it is missing, or came twice. */
export function textIn(fields: Fields, name: string): string {
  const value = Object.hasOwn(fields, name) ? fields[name] : "";
  // Browsers end lines by two characters, and the length that somebody counts has one.
  return typeof value === "string" ? value.replaceAll("\0", "").replaceAll("\r\n", "\n") : "";
}
