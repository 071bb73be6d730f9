import type { Action } from "@signalbox/db";
import { addressesOf, answersFor, speaksFor } from "../acting.ts";
import type { Caller } from "../callers.ts";

/** Whether an action is somebody's own, or of whom they stand in for, whatever else they are in the catalogue. */
export function isOwn(caller: Caller, { owner }: Pick<Action, "owner">): boolean {
  return addressesOf(caller).includes(owner.toLowerCase());
}

/** Whether somebody rates an action and shows what proves it: who does it, and who answers for its organisation. */
export function mayRate(caller: Caller, action: Pick<Action, "owner" | "organisation">): boolean {
  return isOwn(caller, action) || answersFor(caller, action.organisation);
}

/** Whether somebody agrees another day: the chair or the secretary of the forum that the plan's case stands before. */
export function mayAgreeDay(caller: Caller, { forum, organisation }: Pick<Action, "forum" | "organisation">): boolean {
  return forum !== null && speaksFor(caller, { forum, organisation, area: null, areas: [] }, "chair", "secretary");
}
