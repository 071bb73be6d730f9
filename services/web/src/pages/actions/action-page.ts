import {
  type Action,
  type CurrentCatalogue,
  dayAskedOf,
  daysMovedOf,
  type Database,
  type Evidence,
  evidenceOf,
  type Kysely,
  ratingsOf,
  type RatedAspect,
} from "@signalbox/db";
import { ASPECTS, type Aspect, dayOf, ratingByDates, RATINGS } from "@signalbox/domain";
import { actionRow, deliveryMark, effectWords, embeddingMark } from "../../actions/action-words.ts";
import { ENDINGS_TAKEN } from "../../actions/evidence-file.ts";
import type { FieldFault, TypedRating } from "../../actions/read-rating.ts";
import { embeddingWord, RATING_MARKS } from "../../actions/rating-marks.ts";
import { isOwn, mayAgreeDay, mayRate } from "../../actions/who-may.ts";
import type { Caller } from "../../callers.ts";
import { nameOfPerson } from "../../names-of-people.ts";

/** A form of the page that came back: which one, what was typed, and what is wrong with it. */
export interface SentBack {
  readonly form: Aspect | "day" | "link" | "file";
  readonly typed: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
}

interface Reading {
  readonly db: Kysely<Database>;
  readonly catalogue: CurrentCatalogue | null;
  readonly caller: Caller;
  readonly now: Temporal.Instant;
}

/** What the page of an action shows. */
export async function actionPage(action: Action, reading: Reading, back: SentBack | null): Promise<object> {
  const { db, catalogue, caller, now } = reading;
  const [evidence, ratings, days, asked] = await Promise.all([
    evidenceOf(db, [action.id]),
    ratingsOf(db, action.id),
    daysMovedOf(db, action.id),
    dayAskedOf(db, action.id),
  ]);
  const who = (address: string) => (catalogue === null ? address : nameOfPerson(catalogue, address));
  const open = action.droppedIn === null;
  const may = open && mayRate(caller, action);
  const agrees = open && mayAgreeDay(caller, action);
  return {
    one: actionRow(action, catalogue),
    startsOn: action.startsOn,
    dropped: action.droppedIn,
    effect: effectWords(action, catalogue),
    aspects: ASPECTS.map((aspect) => ({
      aspect,
      ...shownAspect(action, aspect, now),
      by: action[aspect].given === null ? null : who(action[aspect].given.by),
      may: may && (aspect === "delivery" || action.delivery.rating === "complete"),
      typed: typedOf(action[aspect], aspect, back),
    })),
    choices: RATINGS.map((rating) => ({ rating, ...RATING_MARKS[rating] })),
    mayRate: may,
    mayDay: (may || agrees) && action.delivery.rating !== "complete",
    agrees,
    asked: asked === null ? null : { ...asked, by: who(asked.by) },
    evidence: evidence.filter(({ removedAt }) => removedAt === null).map((one) => shownEvidence(one, who)),
    removed: evidence.filter(({ removedAt }) => removedAt !== null).map((one) => shownEvidence(one, who)),
    endings: ENDINGS_TAKEN.join(","),
    endingsInWords: ENDINGS_TAKEN.map((ending) => ending.slice(1)).join(", "),
    history: ratings.map((one) => ({
      ...one,
      word: one.aspect === "embedding" ? embeddingWord(one.rating) : RATING_MARKS[one.rating].word,
      shape: RATING_MARKS[one.rating].shape,
      by: who(one.by),
    })),
    days: days.map((one) => ({ ...one, by: who(one.by) })),
    isOwn: isOwn(caller, action),
    back,
    wrong: Object.fromEntries((back?.faults ?? []).map(({ field, message }) => [`${back?.form}-${field}`, message])),
    errors: (back?.faults ?? []).map(({ field, message }) => ({ text: message, href: `#${back?.form}-${field}` })),
  };
}

function shownAspect(action: Action, aspect: Aspect, now: Temporal.Instant) {
  const { dueOn, doneOn, by, given } = action[aspect];
  const byDates = ratingByDates({ dueOn, doneOn }, dayOf(now));
  const waits = aspect === "embedding" && action.delivery.rating !== "complete";
  return {
    mark: waits ? null : aspect === "delivery" ? deliveryMark(action.delivery) : embeddingMark(action.embedding),
    dueOn: dueOn?.toString() ?? null,
    doneOn: doneOn?.toString() ?? null,
    /** What the days alone would say, where a person says otherwise. */
    byDates: by === "person" && !waits && byDates !== action[aspect].rating ? RATING_MARKS[byDates].word : null,
    /** What was said and no longer holds: the days say worse by now, or another day was agreed. */
    overruled: given !== null && by === "dates" && given.rating !== "complete" ? RATING_MARKS[given.rating].word : null,
    given,
  };
}

/** What a form holds: what was typed, else what was said last, so that nobody types it twice. */
function typedOf({ given }: RatedAspect, aspect: Aspect, back: SentBack | null): TypedRating {
  const typed = back?.form === aspect ? back.typed : null;
  const text = (field: string, before: string) => typed?.[field] ?? before;
  return {
    aspect,
    rating: text("rating", ""),
    reason: text("reason", ""),
    explanation: text("explanation", given?.explanation ?? ""),
    mitigation: text("mitigation", given?.mitigation ?? ""),
    doneOn: text("doneOn", ""),
  };
}

function shownEvidence(one: Evidence, who: (address: string) => string) {
  const { id, kind, name, url, at, removedAt } = one;
  const removedBy = one.removedBy === null ? null : who(one.removedBy);
  return { id, kind, name, url, at, removedAt, size: sizeInWords(one.size), by: who(one.by), removedBy };
}

function sizeInWords(bytes: number | null): string | null {
  if (bytes === null) return null;
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
