import type { CurrentCatalogue } from "@signalbox/db";
import { runsAll, sitsOn } from "../acting.ts";
import type { Caller } from "../callers.ts";

/**
 * The forums whose meetings somebody sees: those they sit on in any seat and those below; null is all of them. Operators,
 * auditors and keys of the whole system see all, and who is of organisations alone none.
 */
export function meetingsSeen(caller: Caller): readonly string[] | null {
  if (caller.kind === "nobody") return [];
  if (caller.kind === "operator") return null;
  if (caller.kind === "key") return caller.visible === null ? null : [];
  return caller.person.isAuditor ? null : caller.person.sight.forums;
}

/** Whether somebody sees a forum's meetings. */
export function seesMeetingsOf(caller: Caller, forum: string): boolean {
  const seen = meetingsSeen(caller);
  return seen === null || seen.includes(forum);
}

/** Whether somebody enters and cancels a forum's meetings: its chair or secretary, an operator, or a key that runs all. */
export function keepsMeetings(caller: Caller, forum: string): boolean {
  return runsAll(caller) || sitsOn(caller, forum, "chair", "secretary");
}

/** Whether somebody records what a forum decided: its chair or secretary, or a key that runs all and names one. */
export function recordsDecisions(caller: Caller, forum: string): boolean {
  if (caller.kind === "key") return runsAll(caller);
  return sitsOn(caller, forum, "chair", "secretary");
}

/** The forums whose meetings somebody may enter, by name. */
export function forumsKept(
  caller: Caller,
  { forums }: Pick<CurrentCatalogue, "forums">,
): { code: string; name: string }[] {
  return [...forums.values()]
    .filter(({ code }) => keepsMeetings(caller, code))
    .map(({ code, name }) => ({ code, name }));
}
