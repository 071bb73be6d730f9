import { type Protocol, protocolSchema } from "@signalbox/domain";
import type { z } from "zod";
import type { CatalogueFiles } from "./catalogue-files.ts";
import type { Forum } from "./catalogue.ts";
import { quoted } from "./cells.ts";
import type { Codes } from "./codes.ts";
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

/** Reads `protocol.json`, in which boards are named by code; the protocol is null where there are problems. */
export async function readProtocol(
  files: CatalogueFiles,
  forums: Codes<Forum>,
): Promise<{ problems: FileProblems; protocol: Protocol | null }> {
  const problems = new FileProblems(FILE);
  const text = await readText(files, problems);
  const body = text === null ? undefined : parseJson(text, problems);
  if (text === null || body === undefined) return { problems, protocol: null };
  const places = findPlaces(text);
  for (const path of places.doubles) problems.add(places.lineOf(path), path.join("."), "the key is given twice");
  const parsed = protocolSchema.safeParse(body);
  for (const issue of parsed.error?.issues ?? []) report(issue, { places, problems });
  if (parsed.data !== undefined) checkBoards(parsed.data, forums, { places, problems });
  return { problems, protocol: parsed.data ?? null };
}

/** Boards sign cases off; a code that is none would let every case step down unsigned. */
function checkBoards(
  protocol: Protocol,
  forums: Codes<Forum>,
  { places, problems }: { places: JsonPlaces; problems: FileProblems },
): void {
  if (!forums.whole) return;
  for (const [of, rules] of [[[], protocol] as const, [["quarterly"], protocol.quarterly] as const]) {
    for (const key of ["signOff", "embedded"] as const) {
      for (const code of rules?.stepDown?.[key] ?? []) {
        if (forums.has(code) && (forums.get(code)?.tier ?? "board") === "board") continue;
        const path = [...of, "stepDown", key];
        problems.add(places.lineOf(path), path.join("."), `${quoted(code)} is no board`);
      }
    }
  }
}

async function readText(files: CatalogueFiles, problems: FileProblems): Promise<string | null> {
  try {
    const found = await files(FILE);
    if (found === null) return refuse(problems, "the file is missing");
    const pieces: Buffer[] = [];
    let size = 0;
    for await (const piece of found) {
      size += piece.length;
      if (size > LARGEST) return refuse(problems, "the file is larger than 1 MB");
      pieces.push(piece);
    }
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(pieces));
  } catch (error) {
    if (error instanceof TypeError) return refuse(problems, "not UTF-8");
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return refuse(problems, `the file cannot be read (${code})`);
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
