import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { ServiceName } from "./running-services.ts";

/** A process that runs services. */
export interface WorkerProcess {
  /** Where its web service is, where it has one. */
  readonly address: string | null;
  /** The most memory it held at any moment so far, in bytes. */
  peakMemory(): Promise<number>;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a process with services and waits until they are at work. */
export async function startWorkerProcess(
  services: readonly ServiceName[],
  env: NodeJS.ProcessEnv,
  { execArgv = [] }: { execArgv?: readonly string[] } = {},
): Promise<WorkerProcess> {
  const child = fork(join(import.meta.dirname, "services-process.ts"), {
    env: { PATH: process.env["PATH"], ...env, SERVICES: services.join() },
    execArgv: [...execArgv],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const { address } = await answer<{ address: string | null }>(child);
  const ended = once(child, "exit");
  return {
    address,
    async peakMemory() {
      child.send("peak");
      return (await answer<{ peak: number }>(child)).peak;
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.send("stop");
      await ended;
    },
  };
}

async function answer<T>(child: ChildProcess): Promise<T> {
  const [message] = await Promise.race([
    once(child, "message"),
    once(child, "exit").then(() => Promise.reject(new Error("the worker process ended before it was at work"))),
  ]);
  return message as T;
}
