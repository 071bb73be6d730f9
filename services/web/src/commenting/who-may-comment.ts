import { type CurrentCatalogue, reachOf, sees } from "@signalbox/db";
import { sitsOn } from "../acting.ts";
import type { Caller } from "../callers.ts";

interface Place {
  readonly metric: string;
  readonly organisation: string;
}

/** Whether somebody writes about a series: its author, owner or executive, of it or above it; whom the catalogue names; an operator. */
export function mayWrite(caller: Caller, { metric, organisation }: Place, catalogue: CurrentCatalogue): boolean {
  if (caller.kind === "operator") return true;
  if (caller.kind !== "person") return false;
  const { email } = caller.person;
  if (sees(reachOf(caller.person, "author", "owner", "executive"), organisation)) return true;
  return catalogue.seriesDetails.some(
    (one) =>
      one.metric === metric &&
      one.organisation === organisation &&
      [one.author, one.owner].some((address) => address?.toLowerCase() === email),
  );
}

/** Whether somebody opens commentary again that is frozen: chair or secretary of the area's board. */
export function mayOpen(caller: Caller, area: string): boolean {
  return sitsOn(caller, area, "chair", "secretary");
}
