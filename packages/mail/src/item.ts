import { z } from "zod";
import type { Picture } from "./picture.ts";
import { plain } from "./plain.ts";

const line = z.string().transform(plain);
const tier = z.enum(["none", "board", "slt"]);
const before = z.looseObject({ event: line.optional(), tier: tier.optional(), value: line.optional() });

/** The facts of one thing to be told, all strings ready to print; what the evaluator and ingestion snapshot in a telling. */
export const itemDetail = z.object({
  title: line.default("A figure"),
  organisation: line.optional(),
  area: line.optional(),
  periodName: line.optional(),
  tier: tier.optional(),
  /** Of a correction: the event that holds now. */
  event: line.optional(),
  was: tier.optional(),
  rag: z.enum(["red", "amber", "green", "grey", "unrated"]).optional(),
  value: line.optional(),
  limit: line.optional(),
  plan: line.optional(),
  since: line.optional(),
  why: line.optional(),
  /** "Relapse: back 2 months after case 12" */
  relapse: line.optional(),
  /** Until which day the figure is disputed. */
  disputedUntil: z.iso.date().optional(),
  restated: z.boolean().default(false),
  provisional: z.boolean().default(false),
  /** Released though the provider's executive has not signed the figures off. */
  unsigned: z.boolean().default(false),
  before: before.optional(),
  dueOn: z.iso.date().optional(),
  /** Of a request for a plan: by when the owner is to say that they have seen it. */
  seenBy: z.iso.date().optional(),
  metrics: z.array(line).default([]),
  areas: z.array(line).default([]),
  /** Of a set of limits: each in a line, the minute that approved them, and what moved because of them. */
  limits: z.array(line).default([]),
  minute: line.optional(),
  moved: z.array(line).default([]),
  /** Of what ends soon: its last day. */
  endsOn: z.iso.date().optional(),
  rows: z
    .object({ read: z.number(), accepted: z.number(), unchanged: z.number(), refused: z.number() })
    .partial()
    .optional(),
  filename: line.optional(),
  problems: z.array(line).default([]),
  /** The page about it, below the base address: "/returns/RA/monthly/10/2024-03". */
  page: z
    .string()
    .regex(/^(?:\/[\w.~%-]+)+$/)
    .optional(),
  /** Of a file that could not be fetched. */
  happened: line.optional(),
  lastAnswer: line.optional(),
  address: line.optional(),
  remedy: line.optional(),
  /** What a reminder or an overdue notice asks for. */
  asksFor: z
    .enum([
      "action-plan",
      "commentary",
      "return",
      "sign-off",
      "next-step",
      "acknowledgement",
      "plan-decision",
      "action",
      "embedding",
      "challenge",
      "case-sign-off",
      "risk",
      "review",
      "decision",
    ])
    .optional(),
  /** Of news: what happened, as its heading. */
  headline: line.optional(),
  /** What somebody wrote: a reason, what is missing, a minute. */
  said: line.optional(),
  /** The page where it is answered, below the base address; the case's where there is none. */
  answerAt: z
    .string()
    .regex(/^(?:\/[\w.~%-]+)+$/)
    .optional(),
  /** Until which day `answerAt` lets its reader answer without signing in; left out where they sign in. */
  linkUntil: z.iso.date().optional(),
});

export type ItemDetail = z.infer<typeof itemDetail>;
export type TierName = z.infer<typeof tier>;

/** A case that a submission raised, moved, ended or put right. */
export interface LedToCase {
  readonly escalation: number;
  /** "A&E four-hour performance" */
  readonly title: string;
  readonly organisation: string;
  readonly event: "raised" | "stepped-up" | "stepped-down" | "resolved" | "withdrawn";
  readonly tier: TierName;
  /** "March 2024" */
  readonly periodName: string;
  readonly restated: boolean;
}

/** One notice as it stands in a mail. */
export interface MailItem {
  readonly escalation: number | null;
  readonly submission: number | null;
  /** Why it is told: raised, stepped-up, stepped-down, resolved, standing, withdrawn, …; the telling's own word. */
  readonly reason: string;
  /** "you chair the Elective Care Board": stands after "You are told because". */
  readonly toldBecause: string;
  /** The London day on which this person was last told of the same case; null if never. */
  readonly toldOn: string | null;
  readonly detail: ItemDetail;
  /** Of a receipt: what the submission led to, worst first. */
  readonly ledTo?: readonly LedToCase[];
  /** The chart of the series it speaks of. */
  readonly picture?: Picture | undefined;
}

/** Reads a telling's detail. A fact that cannot be read is left out: one bad fact must not keep a mail from leaving. */
export function readDetail(raw: unknown): ItemDetail {
  const read = itemDetail.safeParse(raw);
  if (read.success) return read.data;
  const bad = new Set(read.error.issues.map(({ path }) => String(path[0])));
  const rest = typeof raw === "object" && raw !== null ? Object.entries(raw).filter(([key]) => !bad.has(key)) : [];
  return itemDetail.parse(Object.fromEntries(rest));
}
