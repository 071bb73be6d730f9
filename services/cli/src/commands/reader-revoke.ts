import { revokeReader } from "@signalbox/db";
import type { Run } from "../command.ts";
import { openParts } from "../parts.ts";

export const run: Run = async ({ arguments: [name = ""], terminal }) => {
  await using stack = new AsyncDisposableStack();
  const { db } = await openParts(stack);
  const revoked = await revokeReader(db, name, Temporal.Now.instant());
  terminal.document({ name, revoked });
  if (revoked) terminal.print(`The reader ${name} is revoked, and its connections are ended.`);
  else terminal.note(`signalbox: there is no reader named ${name}; npx signalbox reader list names them.`);
  return revoked ? 0 : 1;
};
