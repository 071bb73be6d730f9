import type { CurrentCatalogue, TypingPlace, TypingRow } from "@signalbox/db";
import {
  asPeriod,
  dayOf,
  formatPeriod,
  formatValue,
  type Frequency,
  nameOfPeriod,
  parseValue,
  periodContaining,
  stepOf,
} from "@signalbox/domain";
import { figureInWords } from "../../figure-words.ts";
import { limitInWords } from "@signalbox/explain/limit-words";
import { faultOf, hasParts, NOTHING, type TypedFigure } from "./typed-figures.ts";

const MONTHS_OFFERED = 13;
const QUARTERS_OFFERED = 5;

export type Typed = Readonly<Record<string, TypedFigure>>;

/** A metric's row of the page: its cell as it was typed, what is wrong with it, and what stands beside it. */
export function rowInWords(
  catalogue: CurrentCatalogue,
  place: TypingPlace,
  { row, at, given, checked }: { row: TypingRow; at: number; given: Typed; checked: boolean },
) {
  const metric = catalogue.metrics.get(row.metric);
  const typed = given[row.metric] ?? NOTHING;
  return {
    id: `figure-${at}`,
    code: row.metric,
    name: metric?.name ?? row.metric,
    area: catalogue.forums.get(metric?.area ?? "")?.name ?? metric?.area ?? "",
    unit: metric === undefined ? "" : unitInWords(metric),
    plan: row.plan === null ? "none" : figureInWords({ value: row.plan, noValue: null }, metric),
    limit: limitInWords(catalogue, { metric: row.metric, organisation: place.organisation, period: place.period }),
    held: row.held === null ? null : figureInWords(row.held, metric),
    last: row.last.map(({ period, ...figure }) => ({
      period: nameOfPeriod(period, place.frequency),
      value: figureInWords(figure, metric),
    })),
    typed,
    // Whoever typed parts of a metric that is no ratio any more must see them to take them away.
    isRatio: metric?.aggregation === "ratio" || hasParts(typed),
    error: checked ? faultIn(catalogue, row.metric, typed) : null,
  };
}

/**
 * What was typed, without the values that say what the page shows beside them: 6.4% typed over 6.43% is no correction, and
 * would take away the numerator and denominator that a sum above is made of.
 */
export function withoutWhatHolds({ metrics }: CurrentCatalogue, rows: readonly TypingRow[], typed: Typed): Typed {
  const held = new Map(rows.map((row) => [row.metric, row.held]));
  return Object.fromEntries(
    Object.entries(typed).map(([code, figure]) => {
      const [metric, holds] = [metrics.get(code), held.get(code) ?? null];
      const value = holds?.value ?? null;
      if (
        metric === undefined ||
        value === null ||
        figure.answer !== "value" ||
        figure.comment !== "" ||
        hasParts(figure)
      )
        return [code, figure];
      const parsed = parseValue(figure.value, metric);
      const isShown = parsed.kind === "value" && formatValue(parsed.value, metric) === formatValue(value, metric);
      return [code, isShown ? { ...figure, answer: "leave" as const, value: "" } : figure];
    }),
  );
}

/** What is wrong with what was typed for a metric; null where nothing is. */
export function faultIn({ metrics }: CurrentCatalogue, code: string, figure: TypedFigure) {
  const metric = metrics.get(code);
  return metric === undefined ? null : faultOf(figure, metric);
}

/** How a value of each unit is written. */
function unitInWords({ unit, scale }: { unit: string; scale: readonly string[] }): string {
  if (unit === "ordinal") return `one of ${scale.join(", ")}`;
  const words: Readonly<Record<string, string>> = {
    percent: "percent, such as 94.6",
    count: "a number, such as 1,204",
    rate: "a number, such as 12.5",
    duration: "hours, minutes and seconds, such as 0:34:08",
    money: "pounds, such as £3.242m",
    yesno: "Yes or No",
  };
  return words[unit] ?? unit;
}

/** The months and quarters that somebody may choose, latest first; the one that goes on and the chosen one are among them. */
export function periodsOffered(
  now: Temporal.Instant,
  chosen: TypingPlace | null,
): { readonly value: string; readonly name: string; readonly isChosen: boolean }[] {
  const offered = (frequency: Frequency, many: number): Pick<TypingPlace, "frequency" | "period">[] =>
    Array.from({ length: many }, (_, back) => ({
      frequency,
      period: asPeriod(periodContaining(dayOf(now), frequency) - back * stepOf(frequency)),
    }));
  const isSame = (one: Pick<TypingPlace, "frequency" | "period">) =>
    one.frequency === chosen?.frequency && one.period === chosen.period;
  const all = [...offered("monthly", MONTHS_OFFERED), ...offered("quarterly", QUARTERS_OFFERED)];
  if (chosen !== null && !all.some(isSame)) all.unshift(chosen);
  return all.map((one, at) => ({
    value: formatPeriod(one.period, one.frequency),
    name: nameOfPeriod(one.period, one.frequency),
    // Whoever has not chosen wants the month that ended last.
    isChosen: chosen === null ? at === 1 : isSame(one),
  }));
}
