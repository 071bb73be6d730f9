import { createReader, ReaderRefused } from "@signalbox/db";
import type { Run } from "../command.ts";
import { openParts } from "../parts.ts";

export const run: Run = async ({ arguments: [name = ""], terminal }) => {
  await using stack = new AsyncDisposableStack();
  const { db, databaseUrl } = await openParts(stack);
  try {
    const { role, password } = await createReader(db, { name, now: Temporal.Now.instant() });
    const address = Object.assign(new URL(databaseUrl), { username: role, password }).href;
    terminal.print(address);
    terminal.document({ name, role, address });
    terminal.note("This is the only time the address is shown: keep it now. docs/sql-views.md says what it may read.");
    return 0;
  } catch (error) {
    if (!(error instanceof ReaderRefused)) throw error;
    terminal.note(`signalbox: ${error.message}`);
    return 1;
  }
};
