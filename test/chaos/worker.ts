import { tmpdir } from "node:os";
import { type Running, startSignalbox } from "@signalbox/cli/testing/run-signalbox";

/** A real `signalbox start --only …`, as an operator's machine runs it. */
export interface Worker extends AsyncDisposable {
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

const settings = {
  CLOCK: "test",
  DATA_DIR: tmpdir(),
  LOG_FORMAT: "json",
  LOG_LEVEL: "fatal",
  MAIL_FROM: "Signalbox <signalbox@example.org>",
  SESSION_SECRET: "a secret of thirty-two characters",
};

/** Starts services as a process of their own and waits until they are at work. */
export async function startWorker(services: string, given: Readonly<Record<string, string>>): Promise<Worker> {
  const running: Running = startSignalbox(["start", "--only", services], { ...settings, ...given });
  await running.saying("Signalbox");
  return {
    async kill() {
      running.kill("SIGKILL");
      await running.ended;
    },
    [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
  };
}
