import { parseArgs } from "node:util";
import { nearest } from "@signalbox/catalogue/nearest";
import type { CommandDescription } from "./command.ts";
import { commands, everywhere } from "./commands.ts";
import { UsageError } from "./usage-error.ts";

/** What a command line asks for. */
export type Asked =
  | { readonly kind: "version" }
  | { readonly kind: "help"; readonly command: CommandDescription }
  | { readonly kind: "help-of-all"; readonly group: string | undefined }
  | {
      readonly kind: "run";
      readonly command: CommandDescription;
      readonly json: boolean;
      readonly arguments: readonly string[];
      readonly options: Readonly<Record<string, string>>;
      readonly switches: ReadonlySet<string>;
    };

const LIST = "npx signalbox --help lists the commands.";

/** Reads a command line. Throws UsageError with one line that says what to do. */
export function readArguments(given: readonly string[]): Asked {
  const { words, rest } = wordsOf(given);
  const flags = new Set(flagsOf(rest));
  if (flags.has("version")) return { kind: "version" };
  const inGroup = commands.filter((command) => words.every((word, i) => command.words[i] === word));
  const command = commands.find((one) => one.words.length === words.length && inGroup.includes(one));
  if (command === undefined) {
    if (inGroup.length > 0 && flags.has("help")) return { kind: "help-of-all", group: words[0] };
    throw inGroup.length === 0 ? unknownCommand(words, rest) : incompleteCommand(words, rest);
  }
  if (flags.has("help")) return { kind: "help", command };
  return { kind: "run", command, ...parse(command, rest) };
}

/** The command's words, switches before them passed over, and all the rest. */
function wordsOf(given: readonly string[]): { words: string[]; rest: string[] } {
  const rest = [...given];
  const words: string[] = [];
  let at = 0;
  while (at < rest.length && rest[at]?.startsWith("-")) at++;
  while (at < rest.length) {
    const longer = [...words, rest[at] ?? ""];
    if (!commands.some((command) => longer.every((word, i) => command.words[i] === word))) break;
    words.push(...rest.splice(at, 1));
  }
  return { words, rest };
}

function flagsOf(rest: readonly string[]): string[] {
  const end = rest.indexOf("--");
  return rest.slice(0, end < 0 ? undefined : end).flatMap((word) => {
    if (word === "-h") return ["help"];
    if (word === "-v") return ["version"];
    return word.startsWith("--") ? [word.slice(2)] : [];
  });
}

function unknownCommand(words: readonly string[], rest: readonly string[]): UsageError {
  const wrong = rest.find((word) => !word.startsWith("-"));
  if (wrong === undefined) return new UsageError(`Say what to do: ${LIST}`);
  const near = nearest(wrong, new Set(commands.map((command) => command.words[words.length] ?? "")));
  return new UsageError(
    `There is no command ${JSON.stringify(wrong)}${near ? `; did you mean ${near}?` : ":"} ${LIST}`,
  );
}

function incompleteCommand(words: readonly string[], rest: readonly string[]): UsageError {
  if (words.length === 0) {
    const option = rest.find((word) => word.startsWith("-") && !isEverywhere(word));
    const wrong = rest.find((word) => !word.startsWith("-"));
    if (wrong !== undefined) return unknownCommand(words, [wrong]);
    return new UsageError(option === undefined ? `Say what to do: ${LIST}` : `There is no option ${option}: ${LIST}`);
  }
  const next = [...new Set(commands.filter(startsWith(words)).map((command) => command.words[words.length] ?? ""))];
  const wrong = rest.find((word) => !word.startsWith("-"));
  const near = wrong === undefined ? null : nearest(wrong, next);
  const said =
    wrong === undefined
      ? ""
      : `There is no ${[...words, wrong].join(" ")}${near ? `; did you mean ${[...words, near].join(" ")}?` : "."} `;
  return new UsageError(`${said}Say one of: ${next.map((word) => [...words, word].join(" ")).join(", ")}.`);
}

const startsWith = (words: readonly string[]) => (command: CommandDescription) =>
  words.every((word, i) => command.words[i] === word);

const isEverywhere = (option: string) => everywhere.some(({ name }) => `--${name}` === option);

function parse(command: CommandDescription, rest: string[]) {
  const known = [...command.options, ...everywhere];
  const name = command.words.join(" ");
  const help = `npx signalbox ${name} --help says how it is used.`;
  const { values, positionals } = parsed(command, { rest, known: known.map((option) => option.name), help });
  const options: Record<string, string> = {};
  const switches = new Set<string>();
  for (const [option, value] of Object.entries(values)) {
    if (typeof value === "string") options[option] = value;
    else switches.add(option);
  }
  const { least, most } = command.arguments;
  if (positionals.length < least) throw new UsageError(`${name} wants ${command.takes.split(" ")[0]}: ${help}`);
  if (positionals.length > most) {
    throw new UsageError(`${name} does not take ${JSON.stringify(positionals[most])}: ${help}`);
  }
  return { json: switches.has("json"), arguments: positionals, options, switches };
}

function parsed(
  command: CommandDescription,
  { rest, known, help }: { rest: string[]; known: readonly string[]; help: string },
) {
  const types = Object.fromEntries([
    ...everywhere.map(({ name }) => [name, { type: "boolean" as const }] as const),
    ...command.options.map(
      ({ name, value }) => [name, { type: value === undefined ? ("boolean" as const) : ("string" as const) }] as const,
    ),
  ]);
  try {
    return parseArgs({ args: rest, options: types, allowPositionals: true, strict: true });
  } catch (error) {
    const unknown = rest.find(
      (word) => word.startsWith("-") && !known.includes(word.replace(/^--/, "").split("=")[0] ?? ""),
    );
    if ((error as { code?: string }).code === "ERR_PARSE_ARGS_UNKNOWN_OPTION" && unknown !== undefined) {
      const near = nearest(unknown.replace(/^-+/, "").split("=")[0] ?? "", known);
      throw new UsageError(
        `${command.words.join(" ")} has no option ${unknown}${near ? `; did you mean --${near}?` : ":"} ${help}`,
      );
    }
    throw new UsageError(`${firstSentence(error)} ${help}`);
  }
}

/** parseArgs says what is wrong in its first sentence, and then much about how to quote. */
function firstSentence(error: unknown): string {
  const [first = ""] = (error instanceof Error ? error.message : String(error)).split(/\n|\. /);
  return first.endsWith(".") ? first : `${first}.`;
}
