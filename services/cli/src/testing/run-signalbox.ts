import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../../bin/signalbox.mjs", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The real program as a child; disposed of, it is ended as by a person. */
export interface Running extends AsyncDisposable {
  readonly ended: Promise<Ended>;
  /** What it has said on stdout, once that contains a text; rejects when it ends, or a minute passes, before. */
  saying(text: string): Promise<string>;
  kill(signal: NodeJS.Signals): void;
}

const SAYS_WITHIN_MS = 60_000;

/** Starts the real program with these settings alone, whatever the test run's own are. */
export function startSignalbox(given: readonly string[], settings: Readonly<Record<string, string>>): Running {
  const env = { PATH: process.env["PATH"] ?? "", TMPDIR: process.env["TMPDIR"] ?? "/tmp", ...settings };
  const child = spawn(process.execPath, [bin, ...given], { env, stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let err = "";
  const listeners = new Set<() => void>();
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
    for (const look of listeners) look();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, out, err }));
  });
  return {
    ended,
    saying: (text) =>
      new Promise((resolve, reject) => {
        const giveUp = (why: string): void => reject(new Error(`${why} it said ${text}:\n${out}${err}`));
        const late = setTimeout(giveUp, SAYS_WITHIN_MS, "a minute passed before");
        const look = (): void => {
          if (!out.includes(text)) return;
          clearTimeout(late);
          resolve(out);
        };
        listeners.add(look);
        look();
        void ended.then(() => giveUp("it ended before"));
      }),
    kill: (signal) => child.kill(signal),
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** Runs the real program to its end. */
export function signalbox(given: readonly string[], settings: Readonly<Record<string, string>>): Promise<Ended> {
  return startSignalbox(given, settings).ended;
}
