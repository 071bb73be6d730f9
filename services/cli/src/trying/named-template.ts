import { readFile } from "node:fs/promises";
import { loadTemplates, parseTemplate, type Template } from "@signalbox/formats";
import { UsageError } from "../usage-error.ts";

/** The templates to try: the one that is named, by its name or as a file that somebody is writing; or all there are. */
export async function templatesToTry(given: string | undefined): Promise<{ templates: Template[]; named: boolean }> {
  if (given?.endsWith(".json")) return { templates: [await ofFile(given)], named: true };
  const templates = await loadTemplates();
  if (given === undefined) return { templates: [...templates.values()], named: false };
  const template = templates.get(given);
  if (template !== undefined) return { templates: [template], named: true };
  const known = [...templates.keys()].toSorted().join(", ");
  throw new UsageError(
    `There is no template ${JSON.stringify(given)}; give one of ${known}, the path of a .json file, or none.`,
  );
}

async function ofFile(path: string): Promise<Template> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${path}: there is no such file, or it cannot be read (${error.code ?? error.message}).`);
  });
  const read = parseTemplate(jsonOf(text, path));
  if ("template" in read) return read.template;
  throw new UsageError(...read.faults.map((fault) => `${path}: ${fault}`));
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path}: this is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
