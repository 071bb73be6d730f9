import type { Terminal } from "./terminal.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** One Ctrl-C reaches us up to three times: from the terminal, from npm, and from the launcher of another Node. */
const SAME_WITHIN_MS = 1000;
const STOP_WITHIN_MS = 10_000;

/** A process that runs until it is told to end. */
export interface UntilStopped {
  /** Resolves when somebody asks the process to end. */
  readonly asked: Promise<void>;
  readonly isAsked: () => boolean;
  /** Closes what is open, but not for ever; a second Ctrl-C ends it at once. */
  close(stack: AsyncDisposableStack): Promise<void>;
}

/** Answers signals from now on, and the end of the launcher that started this process. */
export function untilStopped(terminal: Terminal): UntilStopped {
  let askedAt: number | null = null;
  let resolveAsked = (): void => {};
  const asked = new Promise<void>((resolve) => (resolveAsked = resolve));
  const ask = (): void => {
    if (askedAt === null) {
      askedAt = Date.now();
      terminal.note("Ending; Ctrl-C again ends it at once.");
      resolveAsked();
    } else if (Date.now() - askedAt > SAME_WITHIN_MS) process.exit(130);
  };
  for (const signal of SIGNALS) process.on(signal, ask);
  process.on("disconnect", ask);
  process.channel?.unref();
  return {
    asked,
    isAsked: () => askedAt !== null,
    async close(stack) {
      const late = setTimeout(() => {
        terminal.note(
          `It did not end within ${STOP_WITHIN_MS / 1000} seconds: what was under way is found at the next start.`,
        );
        process.exit(1);
      }, STOP_WITHIN_MS);
      try {
        await stack.disposeAsync();
      } finally {
        clearTimeout(late);
        for (const signal of SIGNALS) process.off(signal, ask);
        process.off("disconnect", ask);
      }
    },
  };
}
