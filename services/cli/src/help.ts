import type { CommandDescription, OptionDescription } from "./command.ts";
import { everywhere } from "./commands.ts";

const PROGRAM = "npx signalbox";

/** How one command is used. */
export function helpOf(command: CommandDescription): string {
  const usage = [PROGRAM, ...command.words, command.takes].filter((part) => part !== "").join(" ");
  return [sentence(command.does), "", `  ${usage}`, "", ...options([...command.options, ...everywhere])].join("\n");
}

/** What commands there are; `group` is the word they begin with ("key"), or none. */
export function helpOfAll(commands: readonly CommandDescription[], group: string | undefined): string {
  const names = commands.map(({ words }) => words.join(" "));
  const width = Math.max(...names.map((name) => name.length)) + 2;
  const lines = commands.map(({ does }, i) => `  ${(names[i] ?? "").padEnd(width)}${does}`);
  const title =
    group === undefined
      ? "Signalbox reads monthly figures, decides what must go before a board or the SLT, and tells the right people."
      : `${PROGRAM} ${group}:`;
  const usage = group === undefined ? ["", `  ${PROGRAM} COMMAND [OPTIONS]`] : [];
  const more = `${PROGRAM} COMMAND --help says how one is used. Settings are environment variables; infra/env.example names each.`;
  return [title, ...usage, "", ...lines, "", ...options(everywhere), "", more].join("\n");
}

function options(of: readonly OptionDescription[]): string[] {
  const names = of.map(({ name, value }) => `--${name}${value === undefined ? "" : ` ${value}`}`);
  const width = Math.max(...names.map((name) => name.length)) + 2;
  return of.map(({ means }, i) => `  ${(names[i] ?? "").padEnd(width)}${means}`);
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
