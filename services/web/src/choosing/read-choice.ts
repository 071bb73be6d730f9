import { type Choice, CHOICES, type Chosen } from "@signalbox/db";
import { askedReason } from "../recalculating.ts";
import { dayTyped } from "../day-typed.ts";

/** A choice as it was typed or sent; empty where nothing was given. */
export interface TypedChoice {
  readonly choice: string;
  readonly plan: string;
  readonly until: string;
  readonly dueOn: string;
  readonly reason: string;
}

export type ChoiceFaults = Readonly<Partial<Record<keyof TypedChoice, string>>>;

/** What a choice is read against. */
export interface ChoiceGround {
  readonly today: Temporal.PlainDate;
  /** The submission day of the period after the case's last: until then a case waits. */
  readonly nextFigure: Temporal.PlainDate;
  /** The plans that may cover the case. */
  readonly plans: ReadonlySet<number>;
}

const LONGEST_REST = { years: 1 } as const;

/** Reads what somebody chose, or says what is wrong with it, field by field. */
export function readChoice(
  typed: TypedChoice,
  ground: ChoiceGround,
): { readonly chosen: Chosen; readonly reason: string } | { readonly faults: ChoiceFaults } {
  const said = askedReason(typed.reason);
  const choice = CHOICES.find((one) => one === typed.choice);
  const read = choice === undefined ? { choice: "Choose one of the four" } : chosenAs(choice, typed, ground);
  const faults: ChoiceFaults = {
    ...("fault" in said ? { reason: said.fault } : {}),
    ...("chosen" in read ? {} : read),
  };
  if ("fault" in said || !("chosen" in read)) return { faults };
  return { chosen: read.chosen, reason: said.reason };
}

type Read = { readonly chosen: Chosen } | ChoiceFaults;

function chosenAs(choice: Choice, typed: TypedChoice, { today, nextFigure, plans }: ChoiceGround): Read {
  if (choice === "wait") return { chosen: { choice, until: nextFigure.toString() } };
  if (choice === "covered-by") {
    const plan = /^\d{1,15}$/.test(typed.plan) ? Number(typed.plan) : 0;
    return plans.has(plan) ? { chosen: { choice, plan } } : { plan: "Choose a plan that was sent or accepted" };
  }
  if (choice === "ask-plan") {
    if (typed.dueOn.trim() === "") return { chosen: { choice, dueOn: null } };
    const fault = faultOf(typed.dueOn, today);
    return "fault" in fault ? { dueOn: fault.fault } : { chosen: { choice, dueOn: fault.day } };
  }
  const until = faultOf(typed.until, today);
  return "fault" in until ? { until: until.fault } : { chosen: { choice, until: until.day } };
}

function faultOf(text: string, today: Temporal.PlainDate): { readonly day: string } | { readonly fault: string } {
  const day = dayTyped(text);
  if (day === null) return { fault: "Enter a day, such as 8/12/2026" };
  if (Temporal.PlainDate.compare(day, today) <= 0) return { fault: "Enter a day that is still to come" };
  if (Temporal.PlainDate.compare(day, today.add(LONGEST_REST)) > 0) return { fault: "Enter a day within a year" };
  return { day: day.toString() };
}
