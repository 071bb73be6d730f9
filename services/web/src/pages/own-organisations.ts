import { sees } from "@signalbox/db";
import type { Parts } from "../parts.ts";
import type { Previews } from "../preview.ts";
import { type Caller, submitsFor } from "../callers.ts";

/** The organisations for which somebody may submit, in order of name. */
export async function organisationsToSubmitFor(
  db: Parts["db"],
  { readCatalogue }: Pick<Previews, "readCatalogue">,
  caller: Caller,
): Promise<{ readonly code: string; readonly name: string }[]> {
  const catalogue = await readCatalogue(db);
  const visible = submitsFor(caller);
  return [...(catalogue?.organisations.values() ?? [])]
    .filter(({ code }) => sees(visible, code))
    .map(({ code, name }) => ({ code, name }))
    .toSorted((one, other) => one.name.localeCompare(other.name, "en-GB"));
}
