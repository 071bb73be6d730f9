import type { CurrentCatalogue, PlanState } from "@signalbox/db";
import {
  asPeriod,
  formatValue,
  nameOfPeriod,
  type PlanDifference,
  type PlannedAction,
  type PlannedEffect,
} from "@signalbox/domain";

/** A plan's state as a tag: the word says it all. */
export const STATES: Readonly<Record<PlanState, { readonly word: string; readonly colour: string }>> = {
  draft: { word: "Draft", colour: "grey" },
  sent: { word: "Waits for its forum", colour: "yellow" },
  accepted: { word: "Accepted", colour: "green" },
  "sent-back": { word: "Sent back", colour: "orange" },
  withdrawn: { word: "Withdrawn", colour: "grey" },
};

type Catalogue = Pick<CurrentCatalogue, "metrics" | "organisations">;

/** A series in words: "A&E four-hour performance, Northwick Hospitals". */
export function seriesInWords(
  { metrics, organisations }: Catalogue,
  { metric, organisation }: { metric: string; organisation: string },
): string {
  return `${metrics.get(metric)?.name ?? metric}, ${organisations.get(organisation)?.name ?? organisation}`;
}

/** What an action is to move: "A&E four-hour performance, Northwick Hospitals: +3.5% by June 2024". */
export function effectInWords(effect: PlannedEffect | null, catalogue: Catalogue): string | null {
  if (effect === null) return null;
  const metric = catalogue.metrics.get(effect.metric);
  const size =
    effect.by === null
      ? ""
      : ` ${effect.by > 0 ? "+" : ""}${metric === undefined ? effect.by : sizeInWords(effect.by, metric)}`;
  const by = effect.in === null ? "" : ` by ${nameOfPeriod(asPeriod(effect.in), metric?.frequency ?? "monthly")}`;
  return `${seriesInWords(catalogue, effect)}:${size}${by}`;
}

function sizeInWords(size: number, metric: Parameters<typeof formatValue>[1]): string {
  return metric.unit === "percent"
    ? `${formatValue(size, { ...metric, unit: "rate" })} points`
    : formatValue(size, metric);
}

const TEXTS = {
  what: "What happened",
  why: "Why it happened",
  risks: "Risks",
  help: "Help asked for",
  activity: "Activity affected",
} as const;
const FIELDS: Readonly<Record<Exclude<keyof PlannedAction, "number">, string>> = {
  what: "what is done",
  owner: "who does it",
  startsOn: "the start",
  dueOn: "the day it is due",
  effect: "the effect",
};

/** One difference between two revisions, in words. */
export function differenceInWords(one: PlanDifference, catalogue: Catalogue): string {
  switch (one.of) {
    case "text":
      return `“${TEXTS[one.field]}” was written anew.`;
    case "cost":
      return `The cost asked for was ${pounds(one.before)} and is ${pounds(one.after)}.`;
    case "action-added":
      return `Action ${one.number} is new: ${one.what}`;
    case "action-dropped":
      return `Action ${one.number} was taken out: ${one.what}`;
    case "action-changed":
      return `Action ${one.number} changed: ${one.fields.map((field) => changeOf(field, one)).join("; ")}.`;
    case "path": {
      const metric = catalogue.metrics.get(one.metric);
      const write = (value: number | null) =>
        value === null ? "nothing" : metric === undefined ? String(value) : formatValue(value, metric);
      const values = one.values.map(
        ({ period, before, after }) =>
          `${nameOfPeriod(asPeriod(period), metric?.frequency ?? "monthly")} from ${write(before)} to ${write(after)}`,
      );
      return `The path of ${seriesInWords(catalogue, one)} changed: ${values.join("; ")}.`;
    }
    default:
      throw new TypeError(`There is no such difference: ${String(one satisfies never)}.`);
  }
}

function changeOf(
  field: keyof typeof FIELDS,
  { before, after }: Extract<PlanDifference, { of: "action-changed" }>,
): string {
  if (field !== "dueOn" && field !== "startsOn") return FIELDS[field];
  const day = (text: string | null) => (text === null ? "none" : dayInWords(text));
  return `${FIELDS[field]}, from ${day(before[field])} to ${day(after[field])}`;
}

/** "3 June 2024" of "2024-06-03". */
export function dayInWords(day: string): string {
  return Temporal.PlainDate.from(day).toLocaleString("en-GB", { day: "numeric", month: "long", year: "numeric" });
}

/** An amount asked for: "£250,000"; "nothing" for none. */
export function pounds(amount: number | null): string {
  return amount === null ? "nothing" : formatValue(amount, { unit: "money", scale: [], decimals: 0 });
}
