import type { ScorecardCatalogue } from "@signalbox/db";
import { RAGS } from "@signalbox/domain";
import { Problem } from "../../problem.ts";
import { type Query, textOf } from "./asked.ts";
import type { Option } from "./chooser.ts";
import { type RowFilter, type Sort, SORTS } from "./row-order.ts";
import { AGAINST_WORDS, RAG_WORDS, VARIATION_CHOICES } from "./scorecard-words.ts";

const options = (words: Readonly<Record<string, string>>): Option[] =>
  Object.entries(words).map(([value, text]) => ({ value, text }));

const AGAINST: readonly Option[] = [{ value: "not-met", text: "Not met" }, ...options(AGAINST_WORDS)];
/** Worst first. */
const RAG = RAGS.toReversed().map((value): Option => ({ value, text: RAG_WORDS[value] }));
const VARIATION = options(VARIATION_CHOICES);

/** The filter of an address; throws Problem 400 for a value that none of the page's choices has. */
export function filterOf(query: Query, catalogue: ScorecardCatalogue): RowFilter {
  return Object.fromEntries(
    choicesOf(catalogue).map(({ name, label, choices }) => {
      const value = textOf(query, name);
      if (value !== undefined && !choices.some((one) => one.value === value))
        throw new Problem(400, `The rows cannot be filtered by ${label} "${value}". Choose one of the list.`);
      return [name, value];
    }),
  );
}

/** The order that an address asks for; by name where it asks for none. */
export function sortOf(query: Query): Sort {
  const asked = textOf(query, "sort");
  const sort = SORTS.find((one) => one === (asked ?? "name"));
  if (sort === undefined) throw new Problem(400, `The rows cannot be sorted by "${asked ?? ""}".`);
  return sort;
}

/** Each filter with its choices, as the form shows them. */
export function choicesOf({ forums }: ScorecardCatalogue) {
  const areas = [...forums.values()].filter(({ tier }) => tier === "board");
  return [
    { name: "rag", label: "RAG", choices: RAG },
    { name: "against", label: "Against target", choices: AGAINST },
    { name: "variation", label: "Variation", choices: VARIATION },
    { name: "area", label: "Area", choices: areas.map(({ code, name }): Option => ({ value: code, text: name })) },
  ] as const;
}
