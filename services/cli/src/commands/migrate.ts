import { migrate } from "@signalbox/db";
import type { Run } from "../command.ts";
import { openBells, openParts } from "../parts.ts";
import { whyUnreachable } from "../unreachable.ts";

export const run: Run = async ({ terminal }) => {
  await using stack = new AsyncDisposableStack();
  const parts = await openParts(stack, { needsMigrated: false });
  const applied = [...parts.applied, ...(await migrate(parts.db))];
  const queues = await openBells(stack, parts);
  await queues.migrate().catch((error: unknown) => {
    throw whyUnreachable("QUEUE_URL", error);
  });
  for (const name of applied) terminal.print(`Applied ${name}.`);
  terminal.print(applied.length === 0 ? "The database was up to date already." : "The database is up to date.");
  terminal.print("The queue's schema is up to date.");
  terminal.document({ applied });
  return 0;
};
