import { type EscalationRecord, type KnownPerson, reachOf, sees } from "@signalbox/db";
import type { Caller } from "./callers.ts";

const OF_ORGANISATIONS = ["owner", "executive", "analyst"] as const;
const OF_FORUMS = ["chair", "member", "secretary"] as const;

/** Whether somebody may acknowledge any case at all: who only reads (observers, auditors) or submits may not. */
export function acknowledgesSome(person: KnownPerson): boolean {
  return reachOf(person, ...OF_ORGANISATIONS)?.length !== 0 || seatsOf(person).length > 0;
}

/**
 * Whether somebody may acknowledge this case: who answers for its organisation, who sits on a forum that it stands before
 * (to watch is not to sit), an operator, or a key that a route let in.
 */
export function mayAcknowledge(
  caller: Caller,
  one: Pick<EscalationRecord, "organisation" | "forum" | "area" | "areas">,
): boolean {
  if (caller.kind !== "person") return caller.kind !== "nobody";
  if (sees(reachOf(caller.person, ...OF_ORGANISATIONS), one.organisation)) return true;
  const before = new Set([one.forum, one.area, ...one.areas]);
  return seatsOf(caller.person).some((forum) => before.has(forum));
}

function seatsOf({ seats }: KnownPerson): string[] {
  return OF_FORUMS.flatMap((role) => seats.get(role) ?? []);
}
