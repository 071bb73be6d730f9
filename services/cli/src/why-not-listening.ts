import type { Config } from "@signalbox/config";
import { UsageError } from "./usage-error.ts";

/** What to do about a port or host at which the web service cannot listen; other errors are returned as they are. */
export function whyNotListening(error: unknown, { host, port }: Config): unknown {
  const another = port < 65_535 ? port + 1 : 3000;
  const said: Readonly<Record<string, string>> = {
    EADDRINUSE: `PORT: ${port} is taken by another program, perhaps another Signalbox. End that, or set another: PORT=${another}`,
    EACCES: `PORT: ${port} is not open to this user; set one from 1024 on.`,
    EADDRNOTAVAIL: `HOST: ${host} is no address of this machine.`,
  };
  const { code = "", syscall } = (error ?? {}) as { code?: string; syscall?: string };
  const isListening = syscall === "listen" || syscall === "bind";
  const line = isListening ? said[code] : undefined;
  return line === undefined ? error : new UsageError(line);
}
