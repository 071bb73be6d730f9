import { sees } from "@signalbox/db";
import { answersFor } from "./acting.ts";
import { type Caller, reachOfRoles } from "./callers.ts";

/** Whether somebody may contest a figure of an organisation: who submits for it, its owner or executive, an operator, or such a key. */
export function mayDispute(caller: Caller, organisation: string): boolean {
  if (caller.kind === "key") return sees(caller.visible, organisation);
  return answersFor(caller, organisation) || sees(reachOfRoles(caller, "submitter"), organisation);
}
