/** Where a command speaks: results on stdout, as text or as one JSON document, and everything else on stderr. */
export interface Terminal {
  readonly json: boolean;
  /** A line of the result for people; says nothing with --json. */
  print(line: string): void;
  /** The result for machines; says nothing without --json. */
  document(result: unknown): void;
  /** A line of progress. */
  note(line: string): void;
  /** A line that stays in its place on a terminal; elsewhere it is a line like others. An empty one takes it away. */
  progress(line: string): void;
  readonly isInteractive: boolean;
}

export function openTerminal({ json }: { json: boolean }): Terminal {
  const { stdout, stderr } = process;
  const isInteractive = stderr.isTTY;
  let shown = false;
  const clear = (): void => {
    if (shown) stderr.write("\r\u001B[K");
    shown = false;
  };
  return {
    json,
    isInteractive,
    print(line) {
      if (json) return;
      clear();
      stdout.write(`${line}\n`);
    },
    document(result) {
      if (!json) return;
      clear();
      stdout.write(`${JSON.stringify(result, asText, 2)}\n`);
    },
    note(line) {
      clear();
      stderr.write(`${line}\n`);
    },
    progress(line) {
      clear();
      if (line === "") return;
      stderr.write(isInteractive ? line.slice(0, stderr.columns - 1) : `${line}\n`);
      shown = isInteractive;
    },
  };
}

/** Instants and days have their own JSON; sets and maps would be written as {}. */
function asText(_key: string, value: unknown): unknown {
  if (value instanceof Set) return [...value];
  return value instanceof Map ? Object.fromEntries(value) : value;
}
