import type { InvestmentAsked } from "@signalbox/db";
import { speaksFor } from "../acting.ts";
import type { Caller } from "../callers.ts";

/** The forums that decide what a plan asks for: those that its cases stand before, or last stood before. */
export function decidingForums({ cases }: Pick<InvestmentAsked, "cases">): readonly string[] {
  const standing = cases.filter((one) => one.standing);
  const of = standing.length > 0 ? standing : cases;
  return [...new Set(of.flatMap(({ forum }) => forum ?? []))];
}

/** The forums, of those that decide, for which somebody records what was decided: its chair and its secretary. */
export function decidesFor(caller: Caller, asked: Pick<InvestmentAsked, "cases" | "organisation">): readonly string[] {
  const { organisation } = asked;
  return decidingForums(asked).filter((forum) =>
    speaksFor(caller, { organisation, forum, area: null, areas: [] }, "chair", "secretary"),
  );
}
