import type { EscalationRecord } from "@signalbox/db";
import { type Period, periodOf } from "@signalbox/domain";
import { expect, test } from "vitest";
import { movesOf, reasonsInWords, summaryOf } from "./case-words.ts";

const names = {
  organisations: new Map([["RA", "Northwick Hospitals"]]),
  forums: new Map([
    ["SLT", "System Leadership Team"],
    ["UEC", "Urgent and Emergency Care Board"],
  ]),
  metrics: new Map([
    [
      "ae-4h",
      { name: "A&E four-hour performance", unit: "percent", scale: [], decimals: 1, frequency: "monthly" } as const,
    ],
  ]),
};
const march = periodOf(2024, 3);
const event = {
  period: march,
  tier: "board",
  at: Temporal.Instant.from("2024-04-20T09:00:00Z"),
  restated: false,
} as const;

function escalation(more: Partial<EscalationRecord>): EscalationRecord {
  return {
    id: 7,
    concern: "performance",
    metric: "ae-4h",
    organisation: "RA",
    area: "UEC",
    frequency: "monthly",
    forum: "UEC",
    tier: "board",
    raisedIn: march,
    endedIn: null,
    standing: true,
    withdrawn: false,
    previous: null,
    relapse: null,
    acts: [],
    shownAt: event.at,
    acknowledged: null,
    acknowledgements: [],
    metrics: [],
    areas: [],
    events: [],
    notices: [],
    actionPlan: null,
    nextStep: null,
    states: [],
    openSteps: [],
    ...more,
  };
}

test.each([
  [
    {},
    "A&E four-hour performance at Northwick Hospitals has stood before the Urgent and Emergency Care Board since March 2024.",
  ],
  [
    { standing: false, tier: "none", endedIn: (march + 2) as Period },
    "A&E four-hour performance at Northwick Hospitals was raised in March 2024 and ended in May 2024.",
  ],
  [
    { concern: "reporting", metric: null, metrics: ["ae-4h", "other"] },
    "Missing returns: A&E four-hour performance, other at Northwick Hospitals has stood before the Urgent and Emergency Care Board since March 2024.",
  ],
  [
    { concern: "several-areas", metric: null, area: null, areas: ["UEC"], forum: "SLT", tier: "slt" },
    "Several areas: Urgent and Emergency Care Board at Northwick Hospitals has stood before the System Leadership Team since March 2024.",
  ],
] as const)("a case in a sentence: %o", (more, sentence) => {
  expect(summaryOf(escalation(more), names).sentence).toBe(sentence);
});

test.each([
  [{ rule: "threshold", tier: "board" }, "past the limit (for the board)"],
  [{ rule: "missing", tier: "board" }, "returns are missing (for the board)"],
  [{ rule: "several-areas", tier: "slt" }, "several areas stand at once (for the SLT)"],
  [{ rule: "closed", tier: "none" }, "the organisation has closed"],
] as const)("says in words why: %o", (reason, words) => {
  expect(reasonsInWords([reason])).toBe(words);
});

test("its moves are told latest first; that it went on, or what was replaced, is none", () => {
  const told = (name: "raised" | "continued" | "stepped-up", period: number, replacedAt: typeof event.at | null) => {
    const beside = { evaluation: 1, reasons: [], metrics: [], areas: [], replacedAt };
    return { ...event, ...beside, event: name, period: period as Period };
  };
  const events = [
    told("raised", march, event.at),
    told("raised", march, null),
    told("continued", march + 1, null),
    told("stepped-up", march + 2, null),
  ];
  expect(movesOf(events, "monthly").map(({ period, what }) => `${period}: ${what}`)).toEqual([
    "May 2024: Stepped up, before the board",
    "March 2024: Raised, before the board",
  ]);
});
