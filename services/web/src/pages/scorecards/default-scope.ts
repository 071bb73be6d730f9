import type { KnownPerson, ScorecardCatalogue, ScorecardScope } from "@signalbox/db";
import type { Caller } from "../../callers.ts";

const SEATS = ["chair", "member", "secretary", "observer"] as const;

/**
 * The scorecard that somebody most likely wants: of the whole system for who sees it all, of their forum for who sits on
 * one, else of their own organisation. Null for who sees no figures at all.
 */
export function defaultScope(caller: Caller, catalogue: ScorecardCatalogue): ScorecardScope | null {
  const { system } = catalogue;
  if (caller.kind === "nobody") return null;
  if (caller.kind === "key") return { organisation: caller.key.organisation };
  if (caller.kind === "operator" || caller.person.isAuditor) return { organisation: system };
  const forum = SEATS.flatMap((seat) => caller.person.seats.get(seat) ?? [])[0];
  if (forum !== undefined) return { forum };
  const own = topmost(caller.person, catalogue);
  return own === null ? null : { organisation: own };
}

/** The first of somebody's organisations that has none of theirs above it. */
function topmost({ sight }: KnownPerson, { system, organisations }: ScorecardCatalogue): string | null {
  if (sight.organisations === null) return system;
  const own = new Set(sight.organisations);
  return sight.organisations.find((code) => !own.has(organisations.get(code)?.parent ?? "")) ?? null;
}
