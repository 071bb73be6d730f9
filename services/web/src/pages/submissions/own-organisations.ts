import { sees } from "@signalbox/db";
import type { Parts } from "../../parts.ts";
import type { Previews } from "../../preview.ts";
import { type Caller, submitsFor } from "../../callers.ts";

/** The organisations for which somebody may submit: those at the top first, then those below them, each by name. */
export async function organisationsToSubmitFor(
  db: Parts["db"],
  { readCatalogue }: Pick<Previews, "readCatalogue">,
  caller: Caller,
): Promise<{ readonly code: string; readonly name: string; readonly isBelow: boolean }[]> {
  const catalogue = await readCatalogue(db);
  const visible = submitsFor(caller);
  const own = [...(catalogue?.organisations.values() ?? [])].filter(({ code }) => sees(visible, code));
  const codes = new Set(own.map(({ code }) => code));
  const isBelow = ({ parent }: (typeof own)[number]) => parent !== null && codes.has(parent);
  return own
    .toSorted((a, b) => Number(isBelow(a)) - Number(isBelow(b)) || a.name.localeCompare(b.name, "en-GB"))
    .map((one) => ({ code: one.code, name: one.name, isBelow: isBelow(one) }));
}
