import { createKey, KeyRefused, SCOPES, type Scope } from "@signalbox/db";
import type { Run } from "../command.ts";
import { openParts } from "../parts.ts";
import { UsageError } from "../usage-error.ts";

export const run: Run = async ({ options, terminal }) => {
  const organisation = wanted(options, "organisation", "CODE");
  const name = wanted(options, "name", "NAME");
  const scopes = scopesOf(options["scope"] ?? "submit,read");
  await using stack = new AsyncDisposableStack();
  const { db } = await openParts(stack);
  try {
    const key = await createKey(db, { organisation, name, scopes, now: Temporal.Now.instant() });
    terminal.print(key);
    terminal.document({ key, name, organisation, scopes });
    terminal.note("This is the only time the key is shown: keep it now.");
    return 0;
  } catch (error) {
    if (!(error instanceof KeyRefused)) throw error;
    terminal.note(`signalbox: ${error.message}`);
    return 1;
  }
};

function wanted(options: Readonly<Record<string, string>>, option: string, value: string): string {
  const given = options[option]?.trim() ?? "";
  if (given === "")
    throw new UsageError(`key create wants --${option} ${value}: npx signalbox key create --help says how.`);
  return given;
}

function scopesOf(given: string): Scope[] {
  const words = given.split(",").map((word) => word.trim());
  const unknown = words.find((word) => !SCOPES.some((scope) => scope === word));
  if (unknown !== undefined) {
    throw new UsageError(
      `There is no scope ${JSON.stringify(unknown)}; give some of ${SCOPES.join(",")}, joined by commas.`,
    );
  }
  return SCOPES.filter((scope) => words.includes(scope));
}
