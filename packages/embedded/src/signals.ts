import { constants } from "node:os";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const ours = new Set<unknown>();

/**
 * Lets a signal that nobody else answers end the process by way of its `exit` event, where the server is left; without
 * this the process would be gone at once. Returns how to undo it.
 */
export function endOnSignal(): () => void {
  const undo = SIGNALS.map((signal) => {
    const end = (): void => {
      const answered = process.listeners(signal).some((listener) => !ours.has(listener));
      if (!answered) process.exit(128 + constants.signals[signal]);
    };
    ours.add(end);
    process.on(signal, end);
    return () => {
      process.off(signal, end);
      ours.delete(end);
    };
  });
  return () => undo.forEach((forget) => forget());
}
