import { MOST_OF_A_PLAN } from "@signalbox/domain";
import { PLAN_STATES } from "@signalbox/db";
import { z } from "zod";
import { id, instant, period } from "./shapes.ts";
import { plainText, writtenText } from "./query.ts";

const day = z.iso.date();
const text = writtenText.max(MOST_OF_A_PLAN.text);
const line = writtenText.max(MOST_OF_A_PLAN.line);
const figure = z.number();

const effect = z.object({
  metric: plainText,
  organisation: plainText,
  by: figure.nullable().describe("How far the figure moves, in the metric's unit; below 0 for a fall"),
  in: period.nullable().describe("By which period"),
});

/** A plan's words, actions and path as the API takes and gives them; what is not known yet is empty or null. */
export const planBodyShape = z.object({
  what: text.default(""),
  why: text.default(""),
  actions: z
    .array(
      z.object({
        number: z
          .int()
          .min(1)
          .max(10_000)
          .optional()
          .describe("Kept over revisions; the next one free where it is missing"),
        what: line.default(""),
        owner: plainText.default("").describe("An e-mail address that the catalogue knows"),
        startsOn: day.nullable().default(null),
        dueOn: day.nullable().default(null),
        effect: effect.nullable().default(null),
      }),
    )
    .max(MOST_OF_A_PLAN.actions)
    .default([]),
  path: z
    .array(
      z.object({
        metric: plainText,
        organisation: plainText,
        values: z.array(z.object({ period, value: figure.nullable() })).max(MOST_OF_A_PLAN.values),
      }),
    )
    .max(MOST_OF_A_PLAN.series)
    .default([])
    .describe("The expected values of each figure, the way back"),
  risks: text.default(""),
  help: text.default(""),
  cost: figure.nullable().default(null).describe("Pounds asked for"),
  activity: text.default(""),
});

export type ApiPlanBody = z.infer<typeof planBodyShape>;

const state = z.enum(PLAN_STATES);

export const listedPlanShape = z.object({
  id,
  organisation: z.string(),
  state,
  revision: z.int().describe("The last one that was sent; 0 for none"),
  escalations: z.array(id),
  sentAt: instant.nullable(),
  actions: z.int().describe("Of the revision that was accepted"),
  nextDue: day.nullable().describe("The earliest day by which somebody is asked for something of it"),
  overdue: z.boolean(),
});

export const planShape = z.object({
  id,
  organisation: z.string(),
  state,
  revision: z.int(),
  edition: z.int().describe("How often its draft was saved: say which one you change or send"),
  madeBy: z.string(),
  madeAt: instant,
  escalations: z.array(z.object({ id, reason: z.string() })),
  draft: planBodyShape.nullable().describe("What is written and was not sent"),
  revisions: z.array(
    z.object({
      revision: z.int(),
      body: planBodyShape,
      sentBy: z.string(),
      sentAt: instant,
      decision: z.enum(["accepted", "sent-back", "withdrawn"]).nullable(),
      decidedBy: z.string().nullable(),
      decidedAt: instant.nullable(),
      note: z.string().nullable().describe("What is missing, of one that was sent back"),
    }),
  ),
  problems: z
    .array(z.object({ field: z.string(), code: z.string(), message: z.string() }))
    .describe("What holds the draft back from being sent"),
});
