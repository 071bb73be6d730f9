import {
  beginReading,
  catalogueReader,
  type Clock,
  countFailedReading,
  type Database,
  failSubmission,
  keptByVersion,
  type Kysely,
  lowestGoals,
} from "@signalbox/db";
import type { Config } from "@signalbox/config";
import { loadTemplates, type Template } from "@signalbox/formats";
import type { Logger } from "@signalbox/log";
import type { Outcome, Queues } from "@signalbox/queues";
import { lookup } from "node:dns/promises";
import { isPublicAddress } from "./pull-address.ts";
import type { FetchRules } from "./pull-file.ts";
import { pullSource } from "./pull-source.ts";
import { type ReadingParts, readSubmission } from "./read-submission.ts";
import { watchInbox } from "./watch-inbox.ts";

export interface IngestionParts {
  readonly config: Config;
  readonly db: Kysely<Database>;
  readonly queues: Queues;
  readonly log: Logger;
  readonly clock: Clock;
}

/** What a test puts in place of templates, name servers and the world's certificates. */
export interface Overrides {
  readonly templates?: ReadonlyMap<string, Template>;
  readonly rules?: Partial<FetchRules>;
}

const ATTEMPTS = 5;
const LARGEST = 50 * 1024 * 1024;
const SILENCE_MS = 30_000;
const WHOLE_MS = 300_000;

/** Starts ingestion: answers read-submission and pull-source and, where INBOX_DIR is set, watches the folder. */
export async function compose(parts: IngestionParts, overrides: Overrides = {}): Promise<{ close(): Promise<void> }> {
  const { config, db, queues, log, clock } = parts;
  await using opened = new AsyncDisposableStack();
  const templates = overrides.templates ?? (await loadTemplates());
  const reading = { db, clock, templates, readCatalogue: catalogueReader(), readGoals: keptByVersion(lowestGoals) };
  const stopping = new AbortController();
  const pulling = { db, clock, queues, log, rules: rulesOf(config, overrides.rules), signal: stopping.signal };
  const worker = await queues.work(
    {
      "read-submission": ({ submission }) => answer({ ...parts, reading }, submission),
      "pull-source": ({ sourcePeriod }) => pullSource(pulling, sourcePeriod),
    },
    { concurrency: 2 },
  );
  opened.defer(() => worker.close());
  opened.defer(() => stopping.abort());
  if (config.inboxDir !== null) {
    const inbox = watchInbox(config.inboxDir, { db, queues, log, clock });
    opened.defer(() => inbox.close());
  }
  const running = opened.move();
  return { close: () => running.disposeAsync() };
}

function rulesOf({ sourceHosts }: Config, overrides: Partial<FetchRules> = {}): FetchRules {
  return {
    hosts: sourceHosts,
    resolve: (hostname) => lookup(hostname, { all: true }),
    isAllowed: isPublicAddress,
    largest: LARGEST,
    silenceMs: SILENCE_MS,
    wholeMs: WHOLE_MS,
    ...overrides,
  };
}

async function answer(
  { db, clock, log, queues, reading }: IngestionParts & { reading: ReadingParts },
  id: number,
): Promise<Outcome> {
  if (!(await beginReading(db, id))) return { kind: "done" };
  try {
    const outcome = await readSubmission(reading, id);
    if (outcome === "read") await Promise.all([queues.ring("assess-series", {}), queues.ring("tell", {})]);
    return { kind: "done" };
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    log.error({ err: error, submission: id }, "a submission could not be read");
    const attempts = await countFailedReading(db, id);
    if (attempts < ATTEMPTS) return { kind: "retry", reason: failure };
    await failSubmission(db, id, { failure, at: await clock.now() });
    // What waited for this file to be read waits no longer.
    await queues.ring("tell", {});
    return { kind: "giveUp", reason: failure };
  }
}
