import { type Config, keptSessionSecret, readConfig } from "@signalbox/config";
import { type Clock, type Database, isMigrated, type Kysely, migrate, openClock, openDatabase } from "@signalbox/db";
import { startEmbeddedPostgres } from "@signalbox/embedded";
import { type Logger, openLog } from "@signalbox/log";
import { openQueues, type QueueLog, type Queues } from "@signalbox/queues";
import { whyUnreachable } from "./unreachable.ts";
import { UsageError } from "./usage-error.ts";

/** What every command stands on, opened once a process. */
export interface Parts {
  readonly config: Config;
  readonly databaseUrl: string;
  /** Whether PostgreSQL is our own, under DATA_DIR. */
  readonly isEmbedded: boolean;
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  /** The migrations that opening has applied. */
  readonly applied: readonly string[];
  logOf(service: string): Logger;
}

interface Opening {
  /** A command that ends by itself says what went wrong, and no more; services log at LOG_LEVEL. */
  readonly quiet?: boolean;
  /** False for the command that migrates. */
  readonly needsMigrated?: boolean;
}

/** More than may be held at once by all services together: a test clock is read beside an open transaction. */
const CONNECTIONS = 20;

/**
 * Opens settings, PostgreSQL and the clock; what is opened is closed with `stack`. An embedded server is joined or
 * started, and its database brought up to date. Throws ConfigError, or UsageError where PostgreSQL is out of reach or not
 * up to date.
 */
export async function openParts(
  stack: AsyncDisposableStack,
  { quiet = true, needsMigrated = true }: Opening = {},
): Promise<Parts> {
  const settings = readConfig(process.env);
  const logOf = (service: string) =>
    openLog({ level: quietened(settings.logLevel, quiet), format: settings.logFormat, service });
  const { config, databaseUrl } = await placeOf(stack, settings);
  let closed = false;
  const onIdleError = (error: Error): void => {
    // A server of ours may be gone before it has answered a connection's goodbye.
    if (!closed) logOf("signalbox").warn({ code: (error as { code?: string }).code }, `database: ${error.message}`);
  };
  const database = openDatabase(databaseUrl, { max: CONNECTIONS, onIdleError });
  stack.defer(async () => {
    await database.close();
    closed = true;
  });
  const { db } = database;
  const isEmbedded = settings.databaseUrl === null;
  const migrated = await isMigrated(db).catch((error: unknown) => {
    throw whyUnreachable("DATABASE_URL", error);
  });
  const applied = !migrated && isEmbedded ? await migrate(db) : [];
  if (!migrated && !isEmbedded && needsMigrated) {
    throw new UsageError("The database is not up to date. Run: npx signalbox migrate");
  }
  return { config, databaseUrl, isEmbedded, db, clock: openClock(db, config.clock), applied, logOf };
}

/** Opens the queues at QUEUE_URL, or in the database; an embedded one's schema is brought up to date. */
export async function openBells(stack: AsyncDisposableStack, parts: Parts): Promise<Queues> {
  const { log, end } = untilClosed(parts.logOf("queues"));
  const queues = await openQueues(parts.config.queueUrl ?? parts.databaseUrl, { log });
  stack.defer(async () => {
    await queues.close();
    end();
  });
  if (parts.isEmbedded && parts.config.queueUrl === null) await queues.migrate();
  return queues;
}

/** A log that says no more of connections once they are closed: the same as above. */
function untilClosed(to: Logger): { log: QueueLog; end(): void } {
  let closed = false;
  const log: QueueLog = {
    warn: (facts, message) => closed || to.warn(facts, message),
    error: (facts, message) => closed || to.error(facts, message),
  };
  return { log, end: () => (closed = true) };
}

async function placeOf(stack: AsyncDisposableStack, config: Config): Promise<{ config: Config; databaseUrl: string }> {
  if (config.databaseUrl !== null) return { config, databaseUrl: config.databaseUrl };
  try {
    const server = await startEmbeddedPostgres(config.dataDir);
    stack.defer(() => server.stop());
    const sessionSecret = config.sessionSecret ?? keptSessionSecret(config.dataDir);
    return { config: { ...config, sessionSecret }, databaseUrl: server.url() };
  } catch (error) {
    throw whyUnreachable("DATA_DIR", error);
  }
}

function quietened(level: Config["logLevel"], quiet: boolean): Config["logLevel"] {
  return quiet && level === "info" ? "warn" : level;
}
