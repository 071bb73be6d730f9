import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseTemplate, type Template } from "./template.ts";

/** The folder of the templates that come with Signalbox. */
export const shippedTemplates: string = fileURLToPath(new URL("../../../seeds/templates/", import.meta.url));

/** A folder of templates that cannot be used; one line a fault, as "file: place: what is wrong". */
export class TemplateFault extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The templates cannot be used:\n${faults.join("\n")}`);
    this.name = "TemplateFault";
    this.faults = faults;
  }
}

/** Reads every .json of a folder as a template, by name; a .schema.json is none. Throws TemplateFault with all faults of all files. */
export async function loadTemplates(folder: string = shippedTemplates): Promise<ReadonlyMap<string, Template>> {
  const templates = new Map<string, Template>();
  const faults: string[] = [];
  const files = (await readdir(folder)).filter(isTemplate).toSorted();
  for (const file of files) {
    const read = templateOf(await readFile(join(folder, file), "utf8"));
    if ("faults" in read) faults.push(...read.faults.map((fault) => `${file}: ${fault}`));
    else if (templates.has(read.template.name))
      faults.push(`${file}: name: another file has the template ${read.template.name} too`);
    else templates.set(read.template.name, read.template);
  }
  if (faults.length > 0) throw new TemplateFault(faults);
  return templates;
}

/** The template of this name; null where there is none. */
export function findTemplate(templates: ReadonlyMap<string, Template>, name: string): Template | null {
  return templates.get(name) ?? null;
}

/** The schema by which editors check templates lies beside them. */
function isTemplate(file: string): boolean {
  return file.endsWith(".json") && !file.endsWith(".schema.json");
}

function templateOf(text: string): ReturnType<typeof parseTemplate> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { faults: [`is no JSON: ${error instanceof Error ? error.message : String(error)}`] };
  }
  return parseTemplate(json);
}
