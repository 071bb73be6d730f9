import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSignalbox } from "@signalbox/cli/testing/run-signalbox";

/** A real `signalbox start --only …` that can be killed and started again. */
export interface Worker extends AsyncDisposable {
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again and waits until it is at work. */
  start(): Promise<void>;
}

export const WORK = "ingestion,evaluator,notifier";

const settings = {
  CLOCK: "test",
  DATA_DIR: tmpdir(),
  LOG_FORMAT: "json",
  LOG_LEVEL: "fatal",
  // Node's own place for it: to start a process costs half then.
  NODE_COMPILE_CACHE: join(tmpdir(), "node-compile-cache"),
  MAIL_FROM: "Signalbox <signalbox@example.org>",
  SESSION_SECRET: "a secret of thirty-two characters",
};

/** Starts services as a process of their own and waits until they are at work. */
export async function startWorker(services: string, given: Readonly<Record<string, string>>): Promise<Worker> {
  const begin = () => startSignalbox(["start", "--only", services], { ...settings, ...given });
  let running = begin();
  await running.saying("Ctrl-C ends it");
  return {
    async kill() {
      running.kill("SIGKILL");
      await running.ended;
    },
    async start() {
      running = begin();
      await running.saying("Ctrl-C ends it");
    },
    [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
  };
}
