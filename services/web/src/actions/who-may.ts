import type { Action } from "@signalbox/db";
import { answersFor, speaksFor } from "../acting.ts";
import type { Caller } from "../callers.ts";

/** The address of who is signed in, in small letters; null for a key or the operator of this machine. */
export function addressOf(caller: Caller): string | null {
  return "person" in caller ? (caller.person?.email ?? null) : null;
}

/** Whether an action is somebody's own, whatever else they are in the catalogue. */
export function isOwn(caller: Caller, { owner }: Pick<Action, "owner">): boolean {
  return addressOf(caller) === owner.toLowerCase();
}

/** Whether somebody rates an action and shows what proves it: who does it, and who answers for its organisation. */
export function mayRate(caller: Caller, action: Pick<Action, "owner" | "organisation">): boolean {
  return isOwn(caller, action) || answersFor(caller, action.organisation);
}

/** Whether somebody agrees another day: the chair or the secretary of the forum that the plan's case stands before. */
export function mayAgreeDay(caller: Caller, { forum, organisation }: Pick<Action, "forum" | "organisation">): boolean {
  return forum !== null && speaksFor(caller, { forum, organisation, area: null, areas: [] }, "chair", "secretary");
}
