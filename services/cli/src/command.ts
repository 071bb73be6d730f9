import type { Terminal } from "./terminal.ts";

/** An option of a command; one without `value` is a switch. */
export interface OptionDescription {
  readonly name: string;
  /** How its value is called in the help; none for a switch. */
  readonly value?: string;
  readonly means: string;
}

/** One command as people see it: what the help says, and what is taken. */
export interface CommandDescription {
  /** The words it is called by: ["key", "create"]. */
  readonly words: readonly string[];
  /** What follows the words: "FILE... [--wait]". */
  readonly takes: string;
  readonly does: string;
  readonly options: readonly OptionDescription[];
  /** How many plain arguments it wants. */
  readonly arguments: { readonly least: number; readonly most: number };
  /** Loaded only when called, so that help and usage are answered at once. */
  load(): Promise<{ run: Run }>;
}

/** What a command was called with, checked against its description. */
export interface Call {
  readonly arguments: readonly string[];
  readonly options: Readonly<Record<string, string>>;
  readonly switches: ReadonlySet<string>;
  readonly terminal: Terminal;
}

/** 0 done, 1 the answer is no; wrong usage or settings are thrown as UsageError and end with 2. */
export type ExitCode = 0 | 1;
export type Run = (call: Call) => Promise<ExitCode>;
