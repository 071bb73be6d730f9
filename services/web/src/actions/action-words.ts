import type { Action, CurrentCatalogue, RatedAspect } from "@signalbox/db";
import { compareRatings, formatValue, nameOfPeriod } from "@signalbox/domain";
import { leadingRating } from "@signalbox/db";
import { nameOfPerson } from "../names-of-people.ts";
import { embeddingWord, RATING_MARKS } from "./rating-marks.ts";

/** A rating as a page shows it. */
export interface ShownRating {
  readonly word: string;
  readonly shape: string;
}

/** An action as a row of a list, all in words. */
export interface ActionRow {
  readonly id: number;
  readonly plan: number;
  readonly number: number;
  readonly what: string;
  readonly of: string;
  readonly organisation: string;
  readonly code: string;
  readonly owner: string;
  readonly dueOn: string;
  readonly delivery: ShownRating;
  /** Null until it is delivered. */
  readonly embedding: ShownRating | null;
  readonly doneOn: string | null;
  /** By when a delivered action should be normal practice; null where it is, or no day is set. */
  readonly embedBy: string | null;
  readonly evidence: number;
  readonly cases: readonly number[];
}

/** Puts an action into words. */
export function actionRow(action: Action, catalogue: CurrentCatalogue | null): ActionRow {
  const { delivery, embedding } = action;
  return {
    id: action.id,
    plan: action.plan,
    number: action.number,
    what: action.what,
    of: action.title,
    organisation: action.organisationName,
    code: action.organisation,
    owner: catalogue === null ? action.owner : nameOfPerson(catalogue, action.owner),
    dueOn: action.agreedDay.toString(),
    delivery: deliveryMark(delivery),
    embedding: delivery.rating === "complete" ? embeddingMark(embedding) : null,
    doneOn: delivery.doneOn?.toString() ?? null,
    embedBy: embedding.doneOn === null ? (embedding.dueOn?.toString() ?? null) : null,
    evidence: action.evidence,
    cases: action.cases,
  };
}

export function deliveryMark({ rating }: RatedAspect): ShownRating {
  const { word, shape } = RATING_MARKS[rating];
  return { word, shape };
}

export function embeddingMark({ rating }: RatedAspect): ShownRating {
  return { word: embeddingWord(rating), shape: RATING_MARKS[rating].shape };
}

/** Worst first, then by the day that is next; what is done and embedded comes last. */
export function worstFirst(one: Action, other: Action): number {
  const byRating = compareRatings(leadingRating(other), leadingRating(one));
  return byRating || Temporal.PlainDate.compare(dayOf(one), dayOf(other)) || one.id - other.id;
}

function dayOf({ delivery, embedding, agreedDay }: Action): Temporal.PlainDate {
  return delivery.rating === "complete" ? (embedding.dueOn ?? agreedDay) : agreedDay;
}

/** What an action is to do to a figure: "A&E four-hour performance, Northwick Hospitals: by 2.0% by March 2027". */
export function effectWords({ effect }: Action, catalogue: CurrentCatalogue | null): string | null {
  if (effect === null) return null;
  const metric = catalogue?.metrics.get(effect.metric);
  const organisation = catalogue?.organisations.get(effect.organisation)?.name ?? effect.organisation;
  const far = effect.by === null || metric === undefined ? null : `by ${formatValue(effect.by, metric)}`;
  const when = effect.in === null ? null : `by ${nameOfPeriod(effect.in, metric?.frequency ?? "monthly")}`;
  const how = [far, when].filter((words) => words !== null).join(", ");
  return `${metric?.name ?? effect.metric}, ${organisation}${how === "" ? "" : `: ${how}`}`;
}
