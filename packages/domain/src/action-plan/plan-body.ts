import { z } from "zod";

/** PostgreSQL keeps no NUL in JSON, and no person types one. */
const words = z.string().refine((text) => !text.includes("\0"), "There is a character that no text may hold.");
const day = z.iso.date();
const amount = z.number();
const period = z.int();

const effect = z.strictObject({
  metric: words,
  organisation: words,
  /** How far the figure is to move, in the metric's unit, and by which period. */
  by: amount.nullable(),
  in: period.nullable(),
});

const action = z.strictObject({
  /** Its place in the plan, kept over revisions; from 1. */
  number: z.int().min(1),
  what: words,
  /** An e-mail address that the catalogue knows. */
  owner: words,
  startsOn: day.nullable(),
  dueOn: day.nullable(),
  effect: effect.nullable(),
});

const path = z.strictObject({
  metric: words,
  organisation: words,
  values: z.array(z.strictObject({ period, value: amount.nullable() })),
});

/**
 * A plan as it is kept: days are "YYYY-MM-DD", periods are numbers, values are in the metric's unit. What is not known yet is
 * empty or null; `planProblems` says what must be filled in before it is sent.
 */
export const planBody = z.strictObject({
  what: words.default(""),
  why: words.default(""),
  actions: z.array(action).default([]),
  path: z.array(path).default([]),
  risks: words.default(""),
  help: words.default(""),
  /** Pounds asked for. */
  cost: amount.nullable().default(null),
  /** Which activity is affected, and how much of it. */
  activity: words.default(""),
});

export type PlanBody = z.infer<typeof planBody>;
export type PlannedAction = PlanBody["actions"][number];
export type PlannedEffect = NonNullable<PlannedAction["effect"]>;
export type PlannedPath = PlanBody["path"][number];

/** A plan in which nothing is written yet. */
export const EMPTY_PLAN: PlanBody = planBody.parse({});
