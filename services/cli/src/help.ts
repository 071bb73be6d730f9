import type { CommandDescription, OptionDescription } from "./command.ts";
import { everywhere } from "./commands.ts";
import { WIDTH, wrap } from "@signalbox/explain/wrap";

const PROGRAM = "npx signalbox";

/** How one command is used. */
export function helpOf(command: CommandDescription): string {
  const usage = [PROGRAM, ...command.words, command.takes].join(" ");
  const lines = [...wrap(sentence(command.does)), "", ...wrap(usage, { indent: 2, hang: 4 })];
  return [...lines, "", ...options([...command.options, ...everywhere])].join("\n");
}

/** What commands there are; `group` is the word they begin with ("key"), or none. */
export function helpOfAll(commands: readonly CommandDescription[], group: string | undefined): string {
  const title =
    group === undefined
      ? [
          ...wrap(
            "Reads monthly figures, decides what must go before a board or the SLT, and sees that the right people are told.",
          ),
          "",
          `  ${PROGRAM} COMMAND [OPTIONS]`,
        ]
      : [`${PROGRAM} ${group}:`];
  const list = hanging(commands.map(({ words, does }) => [words.join(" "), does]));
  const more = wrap(
    `${PROGRAM} COMMAND --help says how one is used. Settings are environment variables; infra/env.example names each.`,
  );
  return [...title, "", ...list, "", ...options(everywhere), "", ...more].join("\n");
}

function options(of: readonly OptionDescription[]): string[] {
  return hanging(of.map(({ name, value, means }) => [`--${name}${value === undefined ? "" : ` ${value}`}`, means]));
}

/** Names with what they mean beside them, in a column of its own. */
function hanging(rows: readonly (readonly [name: string, text: string])[]): string[] {
  const left = Math.max(...rows.map(([name]) => name.length)) + 4;
  return rows.flatMap(([name, text]) =>
    wrap(text, { width: WIDTH - left }).map((line, i) => (i === 0 ? `  ${name}` : "").padEnd(left) + line),
  );
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
