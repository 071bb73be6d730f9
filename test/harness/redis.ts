import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** A Redis of one test file, which may be killed and started again at the same address. */
export interface TestRedis {
  readonly url: string;
  start(): Promise<void>;
  /** Ends it at once; what it held is lost, as nothing is written to disk. */
  kill(): Promise<void>;
  /** Loses all that it holds, and stays. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

/** Why there is no Redis on this machine, or null where there is one. */
export function noRedis(): string | null {
  const { error } = spawnSync("redis-server", ["--version"]);
  return error ? "redis-server is not installed" : null;
}

/** A port of 127.0.0.1 that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || !address) throw new Error("no free port");
  return address.port;
}

/** What Redis answers to one command, or null when it is not there. */
async function command(port: number, words: string): Promise<string | null> {
  const socket = new Socket();
  try {
    return await new Promise((resolve) => {
      socket.once("error", () => resolve(null));
      socket.once("data", (data) => resolve(data.toString().trim()));
      socket.connect(port, "127.0.0.1", () => socket.write(`${words}\r\n`));
    });
  } finally {
    socket.destroy();
  }
}

/** Starts a Redis that keeps nothing on disk. */
export async function startRedis(): Promise<TestRedis> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "signalbox-redis-"));
  let child: ChildProcess | undefined;
  const redis: TestRedis = {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      const settings = [
        "--port",
        `${port}`,
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--appendonly",
        "no",
        "--dir",
        folder,
      ];
      child = spawn("redis-server", settings, { stdio: "ignore" });
      for (const deadline = Date.now() + 10_000; (await command(port, "PING")) !== "+PONG"; await pause(10)) {
        if (child.exitCode !== null || Date.now() > deadline) throw new Error("redis-server did not start");
      }
    },
    async kill() {
      const ended = child;
      child = undefined;
      if (!ended || ended.exitCode !== null) return;
      const gone = new Promise((resolve) => ended.once("exit", resolve));
      ended.kill("SIGKILL");
      await gone;
    },
    async flush() {
      if ((await command(port, "FLUSHALL")) !== "+OK") throw new Error("Redis did not flush");
    },
    async stop() {
      await redis.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await redis.start();
  return redis;
}
