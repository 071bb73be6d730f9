import { countWaitingWork, listFailedWork, listOverdue } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import type { Depths } from "@signalbox/queues";
import type { Run } from "../command.ts";
import { countLeftForPeople, whyBellsFailed } from "../failed-bells.ts";
import { openBells, openParts } from "../parts.ts";
import { mustAct, statusDocument, statusLines } from "../status.ts";
import { whyUnreachable } from "../unreachable.ts";
import { missingServices } from "../work-here.ts";

const SHOWN = 20;

export const run: Run = async ({ terminal }) => {
  await using stack = new AsyncDisposableStack();
  const parts = await openParts(stack);
  const { db, clock } = parts;
  const queues = await openBells(stack, parts);
  const now = await clock.now();
  const [waiting, failed, overdue, depths, missing] = await Promise.all([
    countWaitingWork(db, now),
    listFailedWork(db, SHOWN),
    listOverdue(db, dayOf(now).toString(), SHOWN),
    queues.depths().catch((error: unknown) => whyUnreachable("QUEUE_URL", error)),
    missingServices(parts),
  ]);
  const away = depths instanceof Error ? depths.message : "the queue is out of reach";
  const reached = isDepths(depths) ? depths : null;
  const whyFailed = reached !== null && countLeftForPeople(reached) > 0 ? await whyBellsFailed(queues) : new Map();
  const status = { now, waiting, failed, overdue, depths: reached, whyFailed, away, missing };
  for (const line of statusLines(status)) terminal.print(line);
  terminal.document(statusDocument(status));
  return mustAct(status) ? 1 : 0;
};

function isDepths(answer: unknown): answer is Depths {
  return typeof answer === "object" && answer !== null && !(answer instanceof Error);
}
