import { countWaitingWork, listFailedWork, listOverdue } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import type { Run } from "../command.ts";
import { openBells, openParts } from "../parts.ts";
import { mustAct, statusDocument, statusLines } from "../status.ts";
import { missingServices } from "../work-here.ts";

const SHOWN = 20;

export const run: Run = async ({ terminal }) => {
  await using stack = new AsyncDisposableStack();
  const parts = await openParts(stack);
  const { db, clock, logOf } = parts;
  const queues = await openBells(stack, parts);
  const now = await clock.now();
  const [waiting, failed, overdue, depths, missing] = await Promise.all([
    countWaitingWork(db, now),
    listFailedWork(db, SHOWN),
    listOverdue(db, dayOf(now).toString(), SHOWN),
    queues.depths().catch((error: unknown) => {
      logOf("signalbox").debug({ err: error }, "the queue is out of reach");
      return null;
    }),
    missingServices(parts),
  ]);
  const status = { now, waiting, failed, overdue, depths, missing };
  for (const line of statusLines(status)) terminal.print(line);
  terminal.document(statusDocument(status));
  return mustAct(status) ? 1 : 0;
};
