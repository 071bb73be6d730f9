import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Protocol, protocolSchema } from "@signalbox/domain";
import type { z } from "zod";
import { findPlaces, type JsonPlaces, lineAt } from "./json-places.ts";
import { suggestion } from "./nearest.ts";
import { FileProblems } from "./problem.ts";

const FILE = "protocol.json";
const LARGEST = 1024 * 1024;
const KEYS = [
  ...Object.keys(protocolSchema.shape),
  "boardAfter",
  "sltAfter",
  "confirm",
  "sltNeedsBreach",
  "areas",
] as const;

/** Reads `protocol.json`; the protocol is null where there are problems. */
export async function readProtocol(dir: string): Promise<{ problems: FileProblems; protocol: Protocol | null }> {
  const problems = new FileProblems(FILE);
  const text = await readText(join(dir, FILE), problems);
  const body = text === null ? undefined : parseJson(text, problems);
  if (text === null || body === undefined) return { problems, protocol: null };
  const places = findPlaces(text);
  for (const path of places.doubles) problems.add(places.lineOf(path), path.join("."), "the key is given twice");
  const parsed = protocolSchema.safeParse(body);
  for (const issue of parsed.error?.issues ?? []) report(issue, { places, problems });
  return { problems, protocol: parsed.data ?? null };
}

async function readText(path: string, problems: FileProblems): Promise<string | null> {
  try {
    if ((await stat(path)).size > LARGEST) return refuse(problems, "the file is larger than 1 MB");
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path));
  } catch (error) {
    if (error instanceof TypeError) return refuse(problems, "not UTF-8");
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return refuse(problems, code === "ENOENT" ? "the file is missing" : `the file cannot be read (${code})`);
  }
}

function refuse(problems: FileProblems, message: string): null {
  problems.add(1, "file", message);
  return null;
}

function parseJson(text: string, problems: FileProblems): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const at = /position (\d+)/.exec(message)?.[1];
    const line = lineAt(text, at === undefined ? text.trimEnd().length : Number(at));
    problems.add(
      line,
      "file",
      `not JSON: ${message.replace(/ in JSON at position.*$/, "").replace(/, (?:\.\.\.)?".*" is not valid JSON$/s, "")}`,
    );
    return undefined;
  }
}

function report(issue: z.core.$ZodIssue, { places, problems }: { places: JsonPlaces; problems: FileProblems }): void {
  if (issue.code === "unrecognized_keys") {
    for (const key of issue.keys) {
      const path = [...issue.path, key];
      problems.add(places.lineOf(path), path.join("."), `unknown key${suggestion(key, KEYS)}`);
    }
    return;
  }
  problems.add(places.lineOf(issue.path), issue.path.join(".") || "file", issue.message);
}
