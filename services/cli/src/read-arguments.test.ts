import { describe, expect, test } from "vitest";
import { commands } from "./commands.ts";
import { helpOf, helpOfAll } from "./help.ts";
import { readArguments } from "./read-arguments.ts";

function lineOf(given: string): string {
  try {
    readArguments(given.split(" ").filter((word) => word !== ""));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "taken";
}

describe("a wrong command line is answered with one line that says what to do", () => {
  test.each([
    ["", "Say what to do: npx signalbox --help lists the commands."],
    ["--json", "Say what to do: npx signalbox --help lists the commands."],
    ["sumbit a.csv", 'There is no command "sumbit"; did you mean submit? npx signalbox --help lists the commands.'],
    ["frobnicate", 'There is no command "frobnicate": npx signalbox --help lists the commands.'],
    ["--nonsense", "There is no option --nonsense: npx signalbox --help lists the commands."],
    ["key", "Say one of: key create, key list, key revoke."],
    ["key lst", "There is no key lst; did you mean key list? Say one of: key create, key list, key revoke."],
    ["submit", "submit wants FILE...: npx signalbox submit --help says how it is used."],
    ["status now", 'status does not take "now": npx signalbox status --help says how it is used.'],
    [
      "start --onli web",
      "start has no option --onli; did you mean --only? npx signalbox start --help says how it is used.",
    ],
  ])("%s", (given, line) => expect(lineOf(given)).toBe(line));

  test.each(["submit a.csv --template", "submit a.csv --template --wait", "submit a.csv --wait=yes"])("%s", (given) => {
    const line = lineOf(given);
    expect(line).toContain("npx signalbox submit --help");
    expect(line).not.toContain("\n");
  });
});

test("takes options before and after the command, and what follows -- as it stands", () => {
  const asked = readArguments(["--json", "submit", "a.csv", "--wait", "--template", "t", "--", "--help"]);
  expect(asked).toMatchObject({ kind: "run", json: true, arguments: ["a.csv", "--help"], options: { template: "t" } });
  expect(asked.kind === "run" && asked.switches.has("wait")).toBe(true);
});

test("help and version are on every level", () => {
  expect(readArguments(["--help"])).toEqual({ kind: "help-of-all", group: undefined });
  expect(readArguments(["key", "--help"])).toEqual({ kind: "help-of-all", group: "key" });
  for (const command of commands) {
    expect(readArguments([...command.words, "--help"])).toEqual({ kind: "help", command });
    expect(readArguments([...command.words, "-v"])).toEqual({ kind: "version" });
    expect(helpOf(command)).toContain(`npx signalbox ${command.words.join(" ")}`);
  }
});

test("help fits a terminal of 80 columns", () => {
  const all = [helpOfAll(commands, undefined), ...commands.map(helpOf)];
  expect(all.flatMap((text) => text.split("\n")).filter((line) => line.length > 80)).toEqual([]);
});
