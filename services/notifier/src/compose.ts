import type { Config } from "@signalbox/config";
import { catalogueReader, type Clock, type Database, type Kysely, markServiceSeen } from "@signalbox/db";
import type { Logger } from "@signalbox/log";
import { type MailTransport, openTransport } from "@signalbox/mail";
import type { Queues } from "@signalbox/queues";
import { erasingDaily } from "./erase-old.ts";
import type { Notifier } from "./notifier.ts";
import { pipeline } from "./pipeline.ts";
import { tell } from "./tell.ts";

export interface NotifierParts {
  readonly config: Config;
  readonly db: Kysely<Database>;
  readonly queues: Pick<Queues, "work">;
  readonly log: Logger;
  readonly clock: Clock;
}

/** What a test may replace. */
export interface NotifierOverrides {
  readonly transport?: MailTransport | null;
  readonly chance?: () => number;
}

/** Starts the notifier: answers `tell`. A process answers one bell at a time; several processes share the work. */
export async function compose(
  { config, db, queues, log, clock }: NotifierParts,
  overrides: NotifierOverrides = {},
): Promise<{ close(): Promise<void> }> {
  await using opened = new AsyncDisposableStack();
  const transport = overrides.transport ?? (config.smtpUrl === null ? null : openTransport(config.smtpUrl));
  opened.defer(() => transport?.close());
  const chance = overrides.chance ?? Math.random;
  const notifier: Notifier = { config, db, log, clock, transport, chance, readCatalogue: catalogueReader() };
  const stages = [...pipeline, erasingDaily()];
  await markServiceSeen(db, "notifier", Temporal.Now.instant());
  const answering = await queues.work({ tell: () => tell(notifier, stages) }, { concurrency: 1 });
  opened.defer(() => answering.close());
  const running = opened.move();
  return { close: () => running.disposeAsync() };
}
