import { spawn, spawnSync } from "node:child_process";
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { accountFor } from "./account.ts";
import { findBinaries } from "./binaries.ts";
import type { Place } from "./place.ts";
import { ask, recordedPostmaster, USER, type Postmaster } from "./postmaster.ts";

export interface LaunchOptions {
  /** False gives up what a crash of the machine would lose, for the speed of tests. Default true. */
  readonly durable?: boolean;
}

const ATTEMPTS = 100;
const AGAIN_LATER =
  /Address already in use|could not bind|pre-existing shared memory|lock file "postmaster.pid" already/;

/** Nothing of ours is handed down: neither secrets nor a library path that another part has set. */
const environment = (): NodeJS.ProcessEnv => ({
  PATH: process.env["PATH"],
  SystemRoot: process.env["SystemRoot"],
  TEMP: process.env["TEMP"],
  LC_ALL: "C",
  TZ: "UTC",
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || !address) throw new Error("no free port on 127.0.0.1");
  return address.port;
}

/** Makes the cluster beside its place and renames it there, so that an interrupted start leaves none half made. */
function makeCluster(cluster: string, durable: boolean): void {
  const account = accountFor(cluster);
  const unfinished = `${cluster}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  if (account.ids.uid !== undefined && account.ids.gid !== undefined)
    chownSync(unfinished, account.ids.uid, account.ids.gid);
  const made = spawnSync(
    findBinaries(account).initdb,
    [
      `--pgdata=${unfinished}`,
      `--username=${USER}`,
      "--auth=trust",
      "--encoding=UTF8",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--no-instructions",
      ...(durable ? [] : ["--no-sync"]),
    ],
    { ...account.ids, env: environment(), cwd: "/", encoding: "utf8" },
  );
  if (made.status !== 0)
    throw new Error(`PostgreSQL could not make its data folder: ${made.error?.message ?? made.stderr}`);
  renameSync(unfinished, cluster);
}

const settings = (port: number, durable: boolean): string[] =>
  [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=200",
    ...(durable ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]),
  ].flatMap((setting) => ["-c", setting]);

/** Runs the server in a process group of its own, out of reach of a Ctrl-C meant for us. A string says why it left. */
async function attempt(place: Place, port: number, durable: boolean): Promise<Postmaster | string> {
  const account = accountFor(place.cluster);
  const log = openSync(place.log, "w", 0o600);
  const child = spawn(findBinaries(account).postgres, ["-D", place.cluster, ...settings(port, durable)], {
    ...account.ids,
    env: environment(),
    cwd: "/",
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  child.unref();
  const left: string[] = [];
  child.once("error", (error) => left.push(error.message));
  child.once("exit", (code, signal) => left.push(`it left with ${code ?? signal}`));
  while (left.length === 0) {
    if (child.pid !== undefined && recordedPostmaster(place.cluster)?.pid === child.pid) {
      if ((await ask(port, place.cluster)) === "ready") return { pid: child.pid, port };
    }
    await pause(10);
  }
  return `${left.join()}: ${readFileSync(place.log, "utf8").slice(-2000)}`;
}

/** Starts a server on the cluster of this place, made if missing, on a free port. Throws what the server said. */
export async function launch(place: Place, options: LaunchOptions): Promise<Postmaster> {
  const durable = options.durable ?? true;
  if (!existsSync(place.cluster)) makeCluster(place.cluster, durable);
  for (let made = 1; ; made += 1) {
    const started = await attempt(place, await freePort(), durable);
    if (typeof started !== "string") return started;
    // A port that was taken meanwhile, or what is left of a killed server and is about to go.
    if (made === ATTEMPTS || !AGAIN_LATER.test(started)) throw new Error(`PostgreSQL did not start: ${started}`);
    await pause(100);
  }
}
