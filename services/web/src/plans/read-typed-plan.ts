import type { CurrentCatalogue, Metric } from "@signalbox/db";
import {
  type ParsedValue,
  parsePeriod,
  parseValue,
  type PlanBody,
  type PlannedAction,
  type PlannedPath,
} from "@signalbox/domain";
import { seriesNamed, type TypedAction, type TypedPath, type TypedPlan } from "./typed-plan.ts";

/** A field that cannot be read, and what to write instead. */
export interface Unread {
  readonly field: string;
  readonly message: string;
}

/** The plan that a form holds. What cannot be read is left out of it and named, so that nothing is kept that was not meant. */
export function readTypedPlan(typed: TypedPlan, catalogue: CurrentCatalogue): { body: PlanBody; unread: Unread[] } {
  const unread: Unread[] = [];
  const note: Note = (field, read) => {
    if (!(read instanceof Wrong)) return read;
    unread.push({ field, message: read.message });
    return null;
  };
  const body: PlanBody = {
    ...typed.texts,
    cost: note("cost", costOf(typed.cost)),
    actions: typed.actions.map((action, at) => actionOf(action, { catalogue, at: `actions.${at}`, note })),
    path: typed.paths.map((path, at) => pathOf(path, { catalogue, at: `path.${at}`, note })),
  };
  return { body, unread };
}

/** What was typed and cannot be read, in words that say what to write. */
export class Wrong {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

type Note = <Value extends string | number>(field: string, read: Value | null | Wrong) => Value | null;

interface Reading {
  readonly catalogue: CurrentCatalogue;
  readonly at: string;
  readonly note: Note;
}

function actionOf(typed: TypedAction, { catalogue, at, note }: Reading): PlannedAction {
  const { number, what, owner } = typed;
  const series = seriesNamed(typed.effect);
  const metric = catalogue.metrics.get(series.metric);
  return {
    number,
    what,
    owner: owner.trim(),
    startsOn: note(`${at}.startsOn`, dayOfText(typed.startsOn)),
    dueOn: note(`${at}.dueOn`, dayOfText(typed.dueOn)),
    effect:
      typed.effect === ""
        ? null
        : {
            ...series,
            by: note(`${at}.effect.by`, sizeOf(typed.by, metric)),
            in: note(`${at}.effect.in`, periodOfText(typed.in, metric)),
          },
  };
}

function pathOf({ metric, organisation, values }: TypedPath, { catalogue, at, note }: Reading): PlannedPath {
  const known = catalogue.metrics.get(metric);
  return {
    metric,
    organisation,
    values: values.flatMap(({ period, value }, place) => {
      const read = parsePeriod(period, known?.frequency ?? "monthly");
      return read === null ? [] : [{ period: read, value: note(`${at}.values.${place}`, sizeOf(value, known)) }];
    }),
  };
}

/** A day as somebody types it: "3/6/2024" or "2024-06-03"; null where nothing stands there. */
function dayOfText(text: string): string | null | Wrong {
  const plain = text.trim();
  if (plain === "") return null;
  const parts = /^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})$/.exec(plain);
  const iso = /^(\d{4})-(\d\d)-(\d\d)$/.exec(plain);
  const [year, month, day] = parts ? [parts[3], parts[2], parts[1]] : iso ? [iso[1], iso[2], iso[3]] : [];
  try {
    return Temporal.PlainDate.from(
      { year: Number(year), month: Number(month), day: Number(day) },
      { overflow: "reject" },
    ).toString();
  } catch {
    return new Wrong("Write the day as day/month/year, such as 3/6/2027.");
  }
}

function periodOfText(text: string, metric: Metric | undefined): number | null | Wrong {
  if (text.trim() === "") return null;
  const frequency = metric?.frequency ?? "monthly";
  const read = parsePeriod(text, frequency);
  if (read !== null) return read;
  return new Wrong(
    frequency === "monthly" ? "Write a month such as June 2027." : "Write a quarter such as 2027/28 Q1.",
  );
}

/** A number in a metric's notation, with a sign or without; null where nothing stands there. */
function sizeOf(text: string, metric: Metric | undefined): number | null | Wrong {
  const plain = text.trim().replace(/^[−–](?=\S)/, "-");
  if (plain === "") return null;
  const notation = metric ?? { unit: "rate" as const, scale: [] };
  const negative = plain.startsWith("-") && plain.length > 1;
  const read: ParsedValue = parseValue(negative || plain.startsWith("+") ? plain.slice(1) : plain, notation);
  if (read.kind === "value") return negative ? 0 - read.value : read.value;
  return new Wrong(read.kind === "problem" ? read.message : "Write a number, or leave it empty.");
}

function costOf(text: string): number | null | Wrong {
  if (text.trim() === "") return null;
  const read = parseValue(text, { unit: "money", scale: [] });
  return read.kind === "value" ? read.value : new Wrong("Write an amount in pounds, such as £250,000 or £1.2m.");
}
