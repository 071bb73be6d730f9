import type { PlanBody } from "./plan-body.ts";
import type { PlanProblem } from "./plan-problems.ts";

/** How much a plan holds: more is no plan that a board reads. */
export const MOST_OF_A_PLAN = { text: 5000, line: 500, actions: 40, series: 12, values: 36 } as const;

const TEXTS = ["what", "why", "risks", "help", "activity"] as const;

/** What does not fit, even into a draft. */
export function sizeProblems({ actions, path, ...texts }: PlanBody): PlanProblem[] {
  const most = MOST_OF_A_PLAN;
  return [
    ...TEXTS.flatMap((field) => tooLong(field, texts[field], most.text)),
    ...tooMany("actions", actions, most.actions, "actions"),
    ...actions.flatMap(({ what, owner }, at) => [
      ...tooLong(`actions.${at}.what`, what, most.line),
      ...tooLong(`actions.${at}.owner`, owner, most.line),
    ]),
    ...tooMany("path", path, most.series, "measures"),
    ...path.flatMap(({ values }, at) => tooMany(`path.${at}`, values, most.values, "values")),
  ];
}

function tooLong(field: string, { length }: string, most: number): PlanProblem[] {
  if (length <= most) return [];
  const message = `This has ${length} characters; at most ${most} fit. Shorten it, and add the rest as evidence.`;
  return [{ field, code: "too-long", message, holds: "saving" }];
}

function tooMany(field: string, { length }: readonly unknown[], most: number, what: string): PlanProblem[] {
  if (length <= most) return [];
  const message = `There are ${length} ${what}; at most ${most} fit in one plan. Make a second plan of the rest.`;
  return [{ field, code: "too-many", message, holds: "saving" }];
}
