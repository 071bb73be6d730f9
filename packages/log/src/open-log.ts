import {
  destination as fileDescriptor,
  type DestinationStream,
  type LevelWithSilent,
  type Logger,
  pino,
  stdTimeFunctions,
} from "pino";
import { prettyFactory } from "pino-pretty";
import { redact } from "./redact.ts";

export type { Logger } from "pino";

export interface LogOptions {
  readonly level: LevelWithSilent;
  readonly format: "pretty" | "json";
  /** Which part speaks: web, evaluator, … */
  readonly service: string;
  /** Where lines go instead of stderr. */
  readonly destination?: DestinationStream;
}

const STDERR = 2;
const SECRET_FIELDS = ["authorization", "cookie", "password", "secret", "token", "key"];

function forTerminal(lines: DestinationStream, colorize: boolean): DestinationStream {
  const pretty = prettyFactory({
    colorize,
    ignore: "pid,hostname,service",
    messageFormat: "{service}: {msg}",
    translateTime: "SYS:HH:MM:ss",
  });
  return { write: (line) => lines.write(pretty(line)) };
}

/**
 * Opens the log of a process: lines on stderr, as results alone belong on stdout. No line carries an e-mail address, a
 * password of a server or a key.
 */
export function openLog({ level, format, service, destination }: LogOptions): Logger {
  const lines = destination ?? fileDescriptor({ dest: STDERR, sync: true });
  const stream = format === "json" ? lines : forTerminal(lines, destination === undefined && process.stderr.isTTY);
  return pino(
    {
      level,
      base: { service },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: [
        ...SECRET_FIELDS,
        ...SECRET_FIELDS.map((field) => `*.${field}`),
        "req.headers.authorization",
        "req.headers.cookie",
      ],
      hooks: { streamWrite: redact },
    },
    stream,
  );
}
