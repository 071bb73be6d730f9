import { INVESTMENT_DECISIONS, type InvestmentAsked, type InvestmentDecisionWord } from "@signalbox/db";
import type { FieldError } from "../risks/typed-risk.ts";

const LONGEST_NOTE = 2000;

/** A decision as a form held it. */
export interface TypedDecision {
  readonly forum: string;
  readonly decision: string;
  readonly amount: string;
  readonly note: string;
}

/** A decision that can be recorded. */
export interface ReadDecision {
  readonly forum: string;
  readonly decision: InvestmentDecisionWord;
  readonly amount: number | null;
  readonly note: string;
}

/**
 * Reads what a forum decided: an amount goes with what was agreed in part, and is less than was asked for; what is declined or
 * put off says why. What is wrong comes back by field.
 */
export function readDecision(
  { forum, decision: word, amount: pounds, note }: TypedDecision,
  { cost, forums }: Pick<InvestmentAsked, "cost"> & { readonly forums: readonly string[] },
): { readonly read: ReadDecision | null; readonly errors: readonly FieldError[] } {
  const errors: FieldError[] = [];
  const say = (field: string, text: string) => errors.push({ field, text });
  const decision = INVESTMENT_DECISIONS.find((one) => one === word);
  if (!forums.includes(forum)) say("forum", "Choose the forum that decided");
  if (decision === undefined) say("agreed", "Choose what was decided");
  const amount = decision === "agreed-in-part" ? poundsIn(pounds) : null;
  if (Number.isNaN(amount)) say("amount", "Give the amount in pounds, such as 50,000");
  else if (amount !== null && cost !== null && amount >= cost)
    say("amount", `The plan asks for £${cost.toLocaleString("en-GB")}: a part of it is less`);
  if ((decision === "declined" || decision === "deferred") && note === "") say("note", "Say why in a few words");
  if (note.length > LONGEST_NOTE) say("note", `Use at most ${LONGEST_NOTE} characters`);
  if (errors.length > 0 || decision === undefined) return { read: null, errors };
  return { read: { forum, decision, amount: decision === "agreed" ? cost : amount, note }, errors };
}

/** Pounds as people write them, above 0; NaN for what is none. */
function poundsIn(text: string): number {
  const plain = text.replaceAll(/[£,\s]/g, "");
  return /^\d{1,12}(\.\d{1,2})?$/.test(plain) && Number(plain) > 0 ? Number(plain) : Number.NaN;
}
