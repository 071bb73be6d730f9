import { loadCatalogue } from "../catalogue.ts";
import type { Run } from "../command.ts";
import { existingFolder } from "../existing-folder.ts";
import { openBells, openParts } from "../parts.ts";

export const run: Run = async ({ arguments: [given = ""], terminal }) => {
  const dir = await existingFolder(given);
  await using stack = new AsyncDisposableStack();
  const parts = await openParts(stack);
  const now = await parts.clock.now();
  const { exitCode, due, result } = await loadCatalogue(parts.db, dir, "operator", now, terminal.print);
  if (due) {
    const queues = await openBells(stack, parts);
    if (!(await queues.ring("assess-series", {})))
      terminal.note("The queue is out of reach: the clock rings when it is back.");
  }
  terminal.document(result);
  return exitCode;
};
