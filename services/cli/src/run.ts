import { ConfigError } from "@signalbox/config";
import { commands } from "./commands.ts";
import { helpOf, helpOfAll } from "./help.ts";
import { readArguments } from "./read-arguments.ts";
import { openTerminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";
import { version } from "./version.ts";

/** Does what a command line asks and returns the exit code: 0 done, 1 the answer is no, 2 wrong usage or settings. */
export async function run(given: readonly string[]): Promise<0 | 1 | 2> {
  try {
    const asked = readArguments(given);
    switch (asked.kind) {
      case "version":
        console.log(version());
        return 0;
      case "help":
        console.log(helpOf(asked.command));
        return 0;
      case "help-of-all":
        console.log(
          helpOfAll(
            commands.filter(({ words }) => asked.group === undefined || words[0] === asked.group),
            asked.group,
          ),
        );
        return 0;
      case "run": {
        const { run: runCommand } = await asked.command.load();
        return await runCommand({ ...asked, terminal: openTerminal(asked) });
      }
    }
  } catch (error) {
    for (const line of linesOf(error)) console.error(`signalbox: ${line}`);
    return error instanceof UsageError || error instanceof ConfigError ? 2 : 1;
  }
}

function linesOf(error: unknown): readonly string[] {
  if (error instanceof UsageError) return error.lines;
  if (error instanceof ConfigError) return error.faults;
  return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
}
