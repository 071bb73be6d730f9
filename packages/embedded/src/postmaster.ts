import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";

/** A server process and the port on 127.0.0.1 where it answers. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

export const USER = "signalbox";
const STARTING_UP = "57P03";
const STOP_WITHIN_MS = 20_000;
const pidFile = (cluster: string): string => join(cluster, "postmaster.pid");

/** What the cluster's own record says, whether or not that process still lives. */
export function recordedPostmaster(cluster: string): Postmaster | undefined {
  try {
    const [pid, , , port] = readFileSync(pidFile(cluster), "utf8").split("\n");
    return pid && port ? { pid: Number(pid), port: Number(port) } : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Whether the process is a PostgreSQL server of this cluster: after a crash its number may be another program's. */
function isPostmasterOf(cluster: string, pid: number): boolean {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(cluster);
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Answers `ready`, `starting` while it recovers, or `no` when no server of this cluster answers at the port. */
export async function ask(port: number, cluster: string): Promise<"ready" | "starting" | "no"> {
  const client = new pg.Client({
    host: "127.0.0.1",
    port,
    user: USER,
    database: "postgres",
    connectionTimeoutMillis: 5000,
  });
  client.on("error", () => {}); // A server that goes away while it is asked has answered: no.
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>("show data_directory");
    return rows[0]?.data_directory === cluster ? "ready" : "no";
  } catch (error) {
    return (error as { code?: string }).code === STARTING_UP ? "starting" : "no";
  } finally {
    await client.end().catch(() => {}); // The same: there may be nothing left to take leave of.
  }
}

/** The server that a run before us left, once it answers; clears its record when there is none. */
export async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  for (;;) {
    const found = recordedPostmaster(cluster);
    if (!found) return undefined;
    if ((await ask(found.port, cluster)) === "ready") return found;
    if (!isPostmasterOf(cluster, found.pid)) {
      rmSync(pidFile(cluster), { force: true });
      return undefined;
    }
    await pause(20);
  }
}

/** Asks the server to shut down (connections are ended, what was committed is kept), and does not wait. */
export function signalPostmaster(cluster: string): Postmaster | undefined {
  const found = recordedPostmaster(cluster);
  if (!found || !isPostmasterOf(cluster, found.pid)) return undefined;
  process.kill(found.pid, "SIGINT");
  return found;
}

/** Shuts the server down and waits until it is gone. */
export async function stopPostmaster(cluster: string): Promise<void> {
  const stopping = signalPostmaster(cluster);
  if (!stopping) return;
  for (const deadline = Date.now() + STOP_WITHIN_MS; isPostmasterOf(cluster, stopping.pid); await pause(5)) {
    if (Date.now() > deadline) process.kill(stopping.pid, "SIGQUIT");
  }
}
