import type { CurrentCatalogue } from "@signalbox/db";
import { periodName } from "./why.ts";

/** Who carries on for an organisation that closed, as a sentence: "Carried on by Southwold Community from April 2024". */
export function carriedOn(
  { organisations, successors }: Pick<CurrentCatalogue, "organisations" | "successors">,
  organisation: string,
): string | null {
  const next = successors.filter((one) => one.organisation === organisation);
  if (next.length === 0) return null;
  const named = next.map(
    ({ successor, from }) => `${organisations.get(successor)?.name ?? successor} from ${periodName(from, "monthly")}`,
  );
  return `Carried on by ${named.join(" and ")}`;
}

/** Why a case has ended without a figure: what became of its organisation, and who carries on. */
export function whyEnded(
  catalogue: Pick<CurrentCatalogue, "organisations" | "successors">,
  organisation: string,
  event: Ended,
): string {
  if (hasRule(event, "nobody-below")) return "Nobody stands below it any more of whose figures it was computed";
  return ["The organisation closed", carriedOn(catalogue, organisation)].filter((part) => part !== null).join(". ");
}

interface Ended {
  readonly reasons: readonly { readonly rule: string }[];
}

/** Whether a case ended because its organisation closed, or because nobody stands below it any more. */
export function endedWithoutFigure(event: Ended): boolean {
  return hasRule(event, "closed") || hasRule(event, "nobody-below");
}

const hasRule = ({ reasons }: Ended, name: string) => reasons.some(({ rule }) => rule === name);
