import { type Action, type Evidence, type GivenOnce, leadingRating, type RatedAspect } from "@signalbox/db";
import { formatPeriod, RATINGS } from "@signalbox/domain";
import { z } from "zod";
import { figure, id, instant } from "./shapes.ts";

const day = z.iso.date();
export const ratingShape = z.enum(RATINGS);

const aspectShape = z.object({
  rating: ratingShape,
  by: z.enum(["dates", "person"]).describe("What makes it so: its days alone, or who said otherwise"),
  dueOn: day.nullable(),
  doneOn: day.nullable(),
  given: z
    .object({
      rating: ratingShape,
      reason: z.string(),
      explanation: z.string(),
      mitigation: z.string(),
      by: z.string(),
      at: instant,
    })
    .nullable()
    .describe("What a person said last, whether or not it holds"),
});

export const actionShape = z.object({
  id,
  plan: id,
  number: z.int(),
  what: z.string(),
  organisation: z.string(),
  owner: z.string(),
  startsOn: day.nullable(),
  dueOn: day,
  dropped: z.boolean().describe("A later revision of the plan left it out"),
  forum: z.string().nullable(),
  escalations: z.array(id),
  effect: z
    .object({ metric: z.string(), organisation: z.string(), by: figure, in: z.string().nullable().describe("2024-03") })
    .nullable(),
  rating: ratingShape.describe("Of delivery until it is delivered, then of embedding"),
  delivery: aspectShape,
  embedding: aspectShape.nullable().describe("null until it is delivered"),
  evidence: z.int().describe("How many pieces there are"),
});

export const evidenceShape = z.object({
  id,
  kind: z.enum(["link", "file"]),
  name: z.string(),
  url: z.string().nullable().describe("Of a link its address; of a file where it is downloaded"),
  mediaType: z.string().nullable(),
  size: z.int().nullable().describe("Bytes"),
  by: z.string(),
  at: instant,
});

export const actionWithMoreShape = actionShape.extend({
  ratings: z.array(
    z.object({
      aspect: z.enum(["delivery", "embedding"]),
      rating: ratingShape,
      reason: z.string(),
      explanation: z.string(),
      mitigation: z.string(),
      doneOn: day.nullable(),
      by: z.string(),
      at: instant,
    }),
  ),
  files: z.array(evidenceShape).describe("Its evidence, links and files"),
});

/** An action as the API gives it. */
export function shownAction(action: Action): z.infer<typeof actionShape> {
  const { effect } = action;
  return {
    id: String(action.id),
    plan: String(action.plan),
    number: action.number,
    what: action.what,
    organisation: action.organisation,
    owner: action.owner,
    startsOn: action.startsOn,
    dueOn: action.agreedDay.toString(),
    dropped: action.droppedIn !== null,
    forum: action.forum,
    escalations: action.cases.map(String),
    effect: effect === null ? null : { ...effect, in: effect.in === null ? null : formatPeriod(effect.in, "monthly") },
    rating: leadingRating(action),
    delivery: shownAspect(action.delivery),
    embedding: action.delivery.rating === "complete" ? shownAspect(action.embedding) : null,
    evidence: action.evidence,
  };
}

function shownAspect({ rating, by, dueOn, doneOn, given }: RatedAspect): z.infer<typeof aspectShape> {
  return {
    rating,
    by,
    dueOn: dueOn?.toString() ?? null,
    doneOn: doneOn?.toString() ?? null,
    given: given && { ...given, at: given.at.toString() },
  };
}

/** A rating as it was given once. */
export function shownRating({ id: _id, at, ...given }: GivenOnce) {
  return { ...given, at: at.toString() };
}

/** A piece of evidence as the API gives it. */
export function shownEvidence({ id: number, kind, name, url, mediaType, size, by, at }: Evidence) {
  const where = kind === "link" ? url : `/api/v1/evidence/${number}/file`;
  return { id: String(number), kind, name, url: where, mediaType, size, by, at: at.toString() };
}
