import type { Config } from "@signalbox/config";
import { advanceClock, openClock, openDatabase } from "@signalbox/db";
import { compose as composeEvaluator } from "@signalbox/evaluator";
import { compose as composeIngestion, type Overrides as IngestionOverrides } from "@signalbox/ingestion";
import { openLog } from "@signalbox/log";
import { compose as composeNotifier } from "@signalbox/notifier";
import { openQueues } from "@signalbox/queues";
import { compose as composeWeb } from "@signalbox/web";

export type ServiceName = "ingestion" | "evaluator" | "notifier" | "web";
export const allServices: readonly ServiceName[] = ["ingestion", "evaluator", "notifier", "web"];

/** The services of one process at work; `address` is the web service's, where it is among them. */
export interface RunningServices {
  readonly address: string | null;
  close(): Promise<void>;
}

/**
 * Runs services on a database and queues that are there and migrated, as one process of a real installation does: each
 * through its own compose(), sharing one pool and one set of queues. A port of 0 is any free one.
 */
export async function runServices(
  config: Config & { databaseUrl: string; queueUrl: string },
  only: readonly ServiceName[] = allServices,
  overrides: { readonly ingestion?: IngestionOverrides } = {},
): Promise<RunningServices> {
  await using opened = new AsyncDisposableStack();
  const log = openLog({ level: config.logLevel, format: config.logFormat, service: only.join() });
  const { db, close } = openDatabase(config.databaseUrl, { max: 20, onIdleError: () => {} });
  opened.defer(close);
  const queues = await openQueues(config.queueUrl, { log });
  opened.defer(() => queues.close());
  const parts = { config, db, queues, log, clock: openClock(db, config.clock) };
  const ingestion = (given: typeof parts) => composeIngestion(given, overrides.ingestion);
  const compose = { ingestion, evaluator: composeEvaluator, notifier: composeNotifier };
  for (const name of ["evaluator", "ingestion", "notifier"] as const) {
    if (!only.includes(name)) continue;
    const service = await compose[name](parts);
    opened.defer(() => service.close());
  }
  let address: string | null = null;
  if (only.includes("web")) {
    const ring = () => queues.ring("clock", {});
    const web = await composeWeb({ ...parts, advanceClock: (to) => advanceClock(db, { to, ring }) });
    opened.defer(() => web.close());
    ({ address } = web);
  }
  const running = opened.move();
  return { address, close: () => running.disposeAsync() };
}
