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

/** Why a case of an organisation that closed has ended, and who carries on. */
export function whyClosed(
  catalogue: Pick<CurrentCatalogue, "organisations" | "successors">,
  organisation: string,
): string {
  return ["The organisation closed", carriedOn(catalogue, organisation)].filter((part) => part !== null).join(". ");
}

/** Whether a case ended because its organisation closed. */
export function endedByClosing({ reasons }: { readonly reasons: readonly { readonly rule: string }[] }): boolean {
  return reasons.some(({ rule }) => rule === "closed");
}
