import { BASES, ORGANISATION_KINDS } from "@signalbox/domain";
import { z } from "zod";
import { plainText } from "./query.ts";

/** The shapes of what the API says of limits, for its description. */
const limit = z.object({
  metric: z.string(),
  organisation: z.string().nullable().describe("Whose; null with a level is all of it, null without all"),
  level: z.enum(ORGANISATION_KINDS).nullable(),
  basis: z.enum(BASES),
  board: z.number().nullable(),
  slt: z.number().nullable(),
  from: z.string().describe("The first month, 2026-04"),
  to: z.string().nullable().describe("The last month, or null"),
});

const id = z.string().regex(/^\d+$/);
const instant = z.iso.datetime();

export const limitShape = limit.extend({
  id,
  forum: z.string().describe("The board of the metric"),
  status: z.enum(["draft", "approved"]),
  approvedOn: z.iso.date().nullable(),
  minute: z.string().nullable(),
  proposal: id.nullable().describe("Where it was proposed on the web"),
});

export const proposalShape = z.object({
  id,
  forum: z.string(),
  title: z.string(),
  state: z.enum(["draft", "sent", "approved", "sent-back", "withdrawn"]),
  revision: z.int(),
  proposedBy: z.string(),
  proposedAt: instant,
  sentBy: z.string().nullable(),
  sentAt: instant.nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  minute: z.string().nullable(),
  reason: z.string().nullable(),
});

export const proposalWithRowsShape = proposalShape.extend({
  rows: z.array(limit),
  acts: z.array(
    z.object({ revision: z.int(), act: z.string(), at: instant, actor: z.string(), said: z.string().nullable() }),
  ),
});

const tier = z.enum(["board", "slt"]);
const trialCase = z.object({
  metric: z.string().nullable().describe("null for a case of several areas"),
  organisation: z.string(),
  raisedIn: z.int().describe("A month as 12 x year + month - 1"),
  endedIn: z.int().nullable(),
  tier,
  worst: tier,
});

const side = z.object({
  cases: z.array(trialCase).readonly(),
  moves: z
    .array(
      z.object({
        metric: z.string().nullable(),
        organisation: z.string(),
        period: z.int(),
        reason: z.string(),
        tier: z.enum(["none", "board", "slt"]),
        forums: z.array(z.string()).readonly(),
        day: z.iso.date(),
      }),
    )
    .readonly()
    .describe("What leaders would have been told, and with the digest of which day"),
  chance: z
    .object({ months: z.number(), monthsSlt: z.number(), raisedBoard: z.number(), raisedSlt: z.number() })
    .describe("Expected over the 24 months if each series only varied as its process limits say"),
  rated: z.int(),
  past: z.int(),
});

export const trialShape = z.object({
  workedOutAt: instant,
  version: z.int().describe("The version of the catalogue it rests on"),
  from: z.string(),
  to: z.string().nullable(),
  series: z.int(),
  today: side,
  proposed: side.describe("As if the proposed limits had always held"),
  differences: z
    .array(
      z.object({
        what: z.enum(["new", "gone", "earlier", "later", "higher", "lower"]),
        metric: z.string().nullable(),
        organisation: z.string(),
        today: trialCase.nullable(),
        proposed: trialCase.nullable(),
      }),
    )
    .readonly(),
  foretold: z
    .array(
      z.object({
        metric: z.string().nullable(),
        organisation: z.string(),
        stands: z.enum(["none", "board", "slt"]),
        willStand: z.enum(["none", "board", "slt"]),
        raisedIn: z.int().nullable(),
        isHeld: z.boolean(),
      }),
    )
    .describe("What approving it changes at once"),
  leaders: z
    .array(z.object({ email: z.string(), name: z.string(), forums: z.array(z.string()).readonly() }))
    .readonly(),
});

const month = z.string().max(20);
/** A limit as it is proposed. */
export const proposedLimitShape = z.object({
  metric: plainText,
  organisation: plainText.nullable().default(null),
  level: z.enum(ORGANISATION_KINDS).nullable().default(null),
  basis: z.enum(BASES),
  board: z.number().nullable().default(null),
  slt: z.number().nullable().default(null),
  from: month.describe("2026-04"),
  to: month.nullable().default(null),
});
