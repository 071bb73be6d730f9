import { expect, test } from "vitest";
import { readChoice, type TypedChoice } from "./read-choice.ts";

const ground = {
  today: Temporal.PlainDate.from("2026-11-24"),
  nextFigure: Temporal.PlainDate.from("2026-12-14"),
  plans: new Set([31]),
};
const nothing: TypedChoice = { choice: "", plan: "", until: "", dueOn: "", reason: "" };
const read = (typed: Partial<TypedChoice>) => readChoice({ ...nothing, reason: "As agreed", ...typed }, ground);

test.each([
  [{ choice: "ask-plan" }, { choice: "ask-plan", dueOn: null }],
  [
    { choice: "ask-plan", dueOn: " 8/12/2026 " },
    { choice: "ask-plan", dueOn: "2026-12-08" },
  ],
  [
    { choice: "covered-by", plan: "31" },
    { choice: "covered-by", plan: 31 },
  ],
  [
    { choice: "accept-until", until: "2027-11-24" },
    { choice: "accept-until", until: "2027-11-24" },
  ],
  [
    { choice: "wait", until: "what is typed elsewhere is passed over" },
    { choice: "wait", until: "2026-12-14" },
  ],
])("%j is taken", (typed, chosen) => expect(read(typed)).toEqual({ chosen, reason: "As agreed" }));

test.each([
  [{}, { choice: "Choose one of the four" }],
  [{ choice: "close-it" }, { choice: "Choose one of the four" }],
  [{ choice: "covered-by" }, { plan: "Choose a plan that was sent or accepted" }],
  [{ choice: "covered-by", plan: "32" }, { plan: "Choose a plan that was sent or accepted" }],
  [{ choice: "accept-until" }, { until: "Enter a day, such as 8/12/2026" }],
  [{ choice: "accept-until", until: "31/2/2027" }, { until: "Enter a day, such as 8/12/2026" }],
  [{ choice: "accept-until", until: "24/11/2026" }, { until: "Enter a day that is still to come" }],
  [{ choice: "accept-until", until: "25/11/2027" }, { until: "Enter a day within a year" }],
  [{ choice: "ask-plan", dueOn: "soon" }, { dueOn: "Enter a day, such as 8/12/2026" }],
  [{ choice: "wait", reason: " \0 " }, { reason: "Say in a few words why" }],
  [{ choice: "wait", reason: "x".repeat(2001) }, { reason: "Use at most 2000 characters" }],
  [{ reason: "" }, { choice: "Choose one of the four", reason: "Say in a few words why" }],
])("%j is not: each fault at its field", (typed, faults) => expect(read(typed)).toEqual({ faults }));
