import type { CurrentCatalogue, Organisation } from "@signalbox/db";
import { sees } from "@signalbox/db";
import { answersFor } from "../acting.ts";
import type { Caller } from "../callers.ts";

/** Whether somebody keeps the register of an organisation: who answers for it, or a key that sees it and may send. */
export function keepsRegister(caller: Caller, organisation: string): boolean {
  return caller.kind === "key" ? sees(caller.visible, organisation) : answersFor(caller, organisation);
}

/** The organisations whose registers somebody keeps, by name. */
export function registersKept(caller: Caller, catalogue: CurrentCatalogue): Organisation[] {
  return [...catalogue.organisations.values()]
    .filter(({ code, closed }) => closed === null && keepsRegister(caller, code))
    .toSorted((one, other) => one.name.localeCompare(other.name, "en-GB"));
}
