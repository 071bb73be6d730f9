import { revokeKey } from "@signalbox/db";
import type { Run } from "../command.ts";
import { openParts } from "../parts.ts";

export const run: Run = async ({ arguments: [name = ""], terminal }) => {
  await using stack = new AsyncDisposableStack();
  const { db } = await openParts(stack);
  const revoked = await revokeKey(db, name, Temporal.Now.instant());
  terminal.document({ name, revoked });
  if (revoked) terminal.print(`The key ${name} is revoked.`);
  else terminal.note(`signalbox: there is no live key named ${name}; npx signalbox key list names them.`);
  return revoked ? 0 : 1;
};
