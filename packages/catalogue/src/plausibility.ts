import { IMPLAUSIBLE, type MetricPlausibility } from "@signalbox/domain";
import type { Metric } from "./catalogue.ts";
import type { Cells } from "./cells.ts";
import { numberIn } from "./numbers.ts";

const RULES = ["plausible_from", "plausible_to", "plausible_jump", "zero_after"] as const;
export const PLAUSIBILITY_COLUMNS = [...RULES, "implausible"] as const;
type PlausibilityColumn = (typeof PLAUSIBILITY_COLUMNS)[number];

/** Which values of a metric can be true: a range, a jump, a sudden zero; and what becomes of one that breaks a rule. */
export function plausibilityIn<Column extends string>(
  cells: Cells<Column | PlausibilityColumn>,
  notation: Pick<Metric, "unit" | "scale"> | null,
): MetricPlausibility {
  const number = (column: (typeof RULES)[number]) => (notation === null ? null : numberIn(cells, column, notation));
  const [plausibleFrom, plausibleTo, zeroAfter] = [
    number("plausible_from"),
    number("plausible_to"),
    number("zero_after"),
  ];
  const plausibleJump = numberIn(cells, "plausible_jump", { unit: "rate", scale: [] });
  if (plausibleFrom !== null && plausibleTo !== null && plausibleTo < plausibleFrom)
    cells.problem("plausible_to", "is below plausible_from");
  if (plausibleJump !== null && plausibleJump <= 0)
    cells.problem("plausible_jump", "is a multiple of the usual moving range, so it is above 0");
  if (zeroAfter !== null && zeroAfter <= 0)
    cells.problem("zero_after", "is the least value after which a 0 is doubted, so it is above 0");
  if (notation !== null && (notation.unit === "ordinal" || notation.unit === "yesno"))
    refuseRules(cells, notation.unit);
  const implausible = cells.choice("implausible", IMPLAUSIBLE, "mark") ?? "mark";
  if (cells.text("implausible") !== null && RULES.every((column) => cells.text(column) === null))
    cells.problem(
      "implausible",
      `says what becomes of a value that breaks a rule, and there is none: fill ${RULES.join(", ")}`,
    );
  return { plausibleFrom, plausibleTo, plausibleJump, zeroAfter, implausible };
}

/** Grades and yes or no are plausible by their words; a jump between them means nothing. */
function refuseRules<Column extends string>(cells: Cells<Column | PlausibilityColumn>, unit: string): void {
  for (const column of RULES)
    if (cells.text(column) !== null) cells.problem(column, `values of unit ${unit} have no such rule; leave it empty`);
}
