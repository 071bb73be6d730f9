import type { CaseChoice } from "@signalbox/db";
import { asPeriod, nameOfPeriod } from "@signalbox/domain";

/** What was chosen for a case, in words: "Accepted for now, until 8 December 2026". */
export function choiceInWords({ choice, plan, until }: Pick<CaseChoice, "choice" | "plan" | "until">): string {
  const day = until === null ? "" : dayNamed(Temporal.PlainDate.from(until));
  return {
    "ask-plan": `A plan was asked for, due ${day}`,
    "covered-by": `Covered by plan ${plan}`,
    "accept-until": `Accepted for now, until ${day}`,
    wait: `Waiting for the next figure, until ${day}`,
  }[choice];
}

function dayNamed({ day, month, year }: Temporal.PlainDate): string {
  return `${day} ${nameOfPeriod(asPeriod(12 * year + month - 1), "monthly")}`;
}
