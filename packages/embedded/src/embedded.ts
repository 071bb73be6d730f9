import pg from "pg";
import { launch, type LaunchOptions } from "./launch.ts";
import { placeFor, type Place } from "./place.ts";
import { findPostmaster, signalPostmaster, stopPostmaster, USER } from "./postmaster.ts";
import { endOnSignal } from "./signals.ts";
import { withUsers, withUsersNow } from "./users.ts";

export interface EmbeddedPostgres {
  /** Where a database of this server is; `signalbox` exists. */
  url(database?: string): string;
  /** True when the server ran already: another process started it. */
  readonly reused: boolean;
  /** Leaves the server, and shuts it down when no other process uses it. */
  stop(): Promise<void>;
}

const DATABASE = "signalbox";
const DUPLICATE = new Set(["42P04", "23505"]);

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } catch (error) {
    if (!DUPLICATE.has((error as { code?: string }).code ?? "")) throw error;
  } finally {
    await client.end();
  }
}

/** Leaves when the process ends without having called stop(), be it by an error that nobody caught. */
function leaveAtExit(place: Place, ticket: number): () => void {
  const leave = () =>
    withUsersNow(place.users, (users) => {
      if (users.leave(ticket)) signalPostmaster(place.cluster);
    });
  process.once("exit", leave);
  const forgetSignals = endOnSignal();
  return () => {
    process.off("exit", leave);
    forgetSignals();
  };
}

/**
 * The PostgreSQL server of a DATA_DIR: joins the one that runs, or starts it, and makes its database if missing.
 * It outlives a killed process; whoever starts or joins next takes it over, and the last to leave stops it.
 */
export async function startEmbeddedPostgres(dataDir: string, options: LaunchOptions = {}): Promise<EmbeddedPostgres> {
  const place = placeFor(dataDir);
  const { ticket, port, reused } = await withUsers(place.users, async (users) => {
    const running = await findPostmaster(place.cluster);
    const server = running ?? (await launch(place, options));
    return { ticket: users.join(), port: server.port, reused: running !== undefined };
  });
  const forget = leaveAtExit(place, ticket);
  const url = (database = DATABASE): string => `postgres://${USER}@127.0.0.1:${port}/${database}`;
  await createDatabase(url("postgres"));
  let left: Promise<void> | undefined;
  const leave = () =>
    withUsers(place.users, async (users) => {
      if (users.leave(ticket)) await stopPostmaster(place.cluster);
    }).finally(forget);
  return { url, reused, stop: () => (left ??= leave()) };
}
