import { listKeys } from "@signalbox/db";
import type { Run } from "../command.ts";
import { columns } from "@signalbox/explain/columns";
import { dayOf } from "@signalbox/explain/moments";
import { openParts } from "../parts.ts";

export const run: Run = async ({ terminal }) => {
  await using stack = new AsyncDisposableStack();
  const { db } = await openParts(stack);
  const keys = await listKeys(db);
  terminal.document({ items: keys });
  if (keys.length === 0) terminal.print("No key was made yet: npx signalbox key create --help says how.");
  const rows = keys.map(({ name, organisation, scopes, createdAt, revokedAt }) => [
    name,
    organisation,
    scopes.join(","),
    `made ${dayOf(createdAt)}`,
    revokedAt === null ? "" : `revoked ${dayOf(revokedAt)}`,
  ]);
  for (const line of columns(rows)) terminal.print(line);
  return 0;
};
