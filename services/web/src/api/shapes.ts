import { REQUEST_STAGES } from "@signalbox/db";
import { ASKED_KINDS, FIVE_STATES, METRIC_RETURNS, RETURN_STATUSES } from "@signalbox/domain";
import { z } from "zod";

/** The shapes of the API's answers, for its description; handlers are checked against them by tests. */
export const instant = z.iso.datetime().describe("A moment, UTC");
export const period = z.string().describe("2024-03, or 2023/24 Q4");
export const id = z.string().regex(/^\d+$/);
export const tier = z.enum(["none", "board", "slt"]);
export const reason = z.object({ rule: z.enum(["threshold", "persistence", "deterioration"]), tier });
export const figure = z.number().nullable();

export const problemShape = z
  .object({ type: z.string(), title: z.string(), status: z.number().int(), detail: z.string() })
  .loose();

export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

export const receivedShape = z.object({ id, status: z.string(), duplicate: z.boolean(), url: z.string() });

export const withdrawalShape = z.object({ at: instant, by: z.string(), reason: z.string() });

export const submissionShape = z.object({
  id,
  organisation: z.string(),
  channel: z.enum(["api", "cli", "inbox", "web", "pull"]),
  submittedBy: z.string(),
  receivedAt: instant,
  filename: z.string().nullable(),
  template: z.string().nullable(),
  issued: z.iso.date().nullable(),
  sha256: z.string(),
  status: z.enum(["received", "reading", "accepted", "partly-accepted", "rejected"]),
  rows: z.object({ read: z.int(), accepted: z.int(), unchanged: z.int(), refused: z.int() }),
  released: z.object({ at: instant, by: z.string() }).nullable(),
  signedOff: z.object({ at: instant, by: z.string() }).nullable(),
  awaitsSignOff: z.boolean().describe("Whether leaders hear of it once its provider's executive signs it off"),
  withdrawn: withdrawalShape.nullable(),
  failure: z.string().nullable().describe("Why the program gave up reading it; an operator retries"),
  settled: z.boolean(),
});

export const submissionWithProblemsShape = submissionShape.extend({
  problems: z.array(
    z.object({
      row: z.int().nullable(),
      column: z.string().nullable(),
      code: z.string(),
      message: z.string(),
      value: z.string().nullable(),
      severity: z.enum(["error", "warning"]),
    }),
  ),
});

export const assessmentShape = z.object({
  metric: z.string(),
  organisation: z.string(),
  period,
  value: figure,
  plan: figure,
  rag: z.enum(["red", "amber", "green", "grey", "unrated"]),
  provisional: z.boolean(),
  deterioratingFor: z.int(),
  watch: z.boolean(),
  silentFor: z.int(),
  tier,
  reasons: z.array(reason),
  partial: z.boolean(),
  missing: z.array(z.string()).describe("The organisations that a partial value lacks"),
  submission: id.nullable(),
  restated: z.boolean(),
  mark: z.string().nullable().describe("What is said of a value that counts: estimated, implausible, nil return"),
  noValue: z.string().nullable().describe("Why there is no value, where a row or the program says so"),
});

const held = z.object({ value: figure, noValue: z.string().nullable(), mark: z.string().nullable(), submission: id });
const decided = z.object({ rag: assessmentShape.shape.rag, tier }).nullable();

export const changeShape = z.object({
  metric: z.string(),
  organisation: z.string(),
  period,
  before: held.nullable(),
  after: held,
  decisionBefore: decided,
  decisionAfter: decided.describe("null while it is not decided"),
});

export const versionShape = z.object({
  period,
  submission: id,
  submittedFor: z.string().describe("The organisation that submitted it"),
  filename: z.string().nullable(),
  row: z.int(),
  receivedAt: instant,
  issued: z.iso.date(),
  value: figure,
  numerator: figure,
  denominator: figure,
  plan: figure,
  noValue: z.string().nullable(),
  mark: z.string().nullable(),
  comment: z.string().nullable(),
  holds: z.boolean().describe("No other has taken its place"),
  withdrawn: withdrawalShape.nullable(),
});

export const noticeShape = z.object({
  id,
  kind: z.string(),
  reason: z.string(),
  recipient: z.string(),
  escalation: id.nullable(),
  status: z.enum(["pending", "sending", "sent", "failed", "unknown", "superseded"]),
  messageId: z.string().nullable(),
  madeAt: instant,
  sentAt: instant.nullable(),
});

export const escalationShape = z.object({
  id,
  concern: z.enum(["performance", "reporting", "several-areas"]),
  metric: z.string().nullable(),
  organisation: z.string(),
  area: z.string().nullable(),
  metrics: z.array(z.string()).describe("Of a reporting case: the metrics without a return"),
  areas: z.array(z.string()).describe("Of a case of several areas: those that stand"),
  forum: z.string().nullable(),
  tier,
  raisedIn: period,
  endedIn: period.nullable(),
  standing: z.boolean(),
  withdrawn: z.boolean(),
  previous: id.nullable(),
  relapse: z
    .object({ periods: z.int(), previous: id, plan: id.nullable() })
    .nullable()
    .describe(
      "Its figure was back so many months (or quarters) after the case before it ended; and that one's last plan",
    ),
  acts: z
    .array(
      z.object({
        id,
        act: z.enum(["sign-off", "closure"]),
        period,
        note: z.string(),
        by: z.string(),
        at: instant,
        takenBack: z.object({ at: instant, by: z.string() }).nullable(),
      }),
    )
    .describe("What its chair did about it, as of a period; of a closure the minute"),
  shownAt: instant.describe("From when it is in its forum's list"),
  acknowledged: z
    .object({ at: instant, by: z.string(), note: z.string() })
    .nullable()
    .describe("The acknowledgement in force; null where there is none, or the last one ran out"),
  acknowledgements: z.array(
    z.object({
      at: instant,
      by: z.string(),
      note: z.string(),
      expiresOn: z.string().nullable().describe("The last day on which something may follow; null for no end"),
      endedAt: instant.nullable(),
      endedWhy: z.enum(["ran-out", "replaced"]).nullable(),
    }),
  ),
  events: z.array(
    z.object({
      period,
      event: z.enum(["raised", "stepped-up", "continued", "held", "stepped-down", "resolved", "withdrawn"]),
      tier,
      at: instant,
      reasons: z.array(z.looseObject({})),
      metrics: z.array(z.string()),
      areas: z.array(z.string()),
      restated: z.boolean(),
      replacedAt: instant.nullable().describe("With history=all: when a later decision took its place"),
    }),
  ),
  notices: z.array(noticeShape),
  actionPlan: z
    .object({
      id: id.nullable().describe("The plan that was sent last for it"),
      requestedAt: instant,
      dueOn: z.iso.date(),
      status: z.enum(REQUEST_STAGES),
    })
    .nullable(),
  nextStep: z
    .object({
      what: z.enum([...ASKED_KINDS, "shown"]).describe("What is asked; or `shown`: its forums come to see it"),
      who: z.array(z.string()),
      dueOn: z.iso.date(),
      overdue: z.boolean(),
      why: z.string(),
    })
    .nullable()
    .describe("What comes next; null of a case that has ended"),
  states: z.array(
    z.object({
      state: z.enum(FIVE_STATES),
      reachedOn: z.iso.date().nullable(),
      by: z.string().nullable(),
      dueOn: z.iso.date().nullable(),
      who: z.array(z.string()),
      overdue: z.boolean(),
    }),
  ),
  requests: z
    .array(
      z.object({
        id: z.string(),
        kind: z.enum(ASKED_KINDS),
        who: z.array(z.string()),
        dueOn: z.iso.date(),
        status: z.enum(REQUEST_STAGES),
        quiet: z.boolean(),
        why: z.string(),
      }),
    )
    .describe("All that is asked about it and open"),
});

export const returnShape = z.object({
  organisation: z.string(),
  frequency: z.enum(["monthly", "quarterly"]),
  dueWorkingDay: z.int().describe("The working day after the period's end by which it is owed"),
  period,
  dueOn: z.iso.date(),
  status: z.enum(RETURN_STATUSES),
  late: z.boolean().describe("Came after its day, or is still owed then"),
  receivedAt: instant.nullable().describe("When the last of what came was first answered"),
  submissions: z.array(id),
  metrics: z.array(
    z.object({
      metric: z.string(),
      status: z.enum(METRIC_RETURNS),
      value: figure.optional(),
      noValue: z.string().nullable().describe("Why there is no value, as it was said"),
      mark: z.string().nullable(),
    }),
  ),
});

export const clockShape = z.object({ now: instant.nullable() });
