import { listReaders } from "@signalbox/db";
import type { Run } from "../command.ts";
import { openParts } from "../parts.ts";

export const run: Run = async ({ terminal }) => {
  await using stack = new AsyncDisposableStack();
  const { db } = await openParts(stack);
  const readers = await listReaders(db);
  terminal.document({ items: readers });
  if (readers.length === 0) terminal.print("No reader was made yet: npx signalbox reader create --help says how.");
  for (const { name } of readers) terminal.print(name);
  return 0;
};
