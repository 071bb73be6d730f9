import type { CatalogueFiles } from "./catalogue-files.ts";
import { faultOfSourceUrl, type Source } from "@signalbox/domain";
import type { Organisation } from "./catalogue.ts";
import { type Cells, quoted } from "./cells.ts";
import type { Codes } from "./codes.ts";
import { suggestion } from "./nearest.ts";
import { readTable, type TableRead } from "./read-table.ts";
import { Repeats } from "./repeats.ts";

const shape = {
  file: "sources.csv",
  columns: ["name", "organisation", "template", "url", "working_day"],
  optional: true,
} as const;
type Row = Cells<(typeof shape.columns)[number]>;

const TEMPLATE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

interface Context {
  readonly organisations: Codes<Organisation>;
  /** The templates there are; where that is not known only the shape of a name is checked. */
  readonly templates: ReadonlySet<string> | null;
}

/** Reads where files are fetched from. */
export async function readSources(
  files: CatalogueFiles,
  context: Context,
): Promise<TableRead & { sources: readonly Source[] }> {
  const sources: Source[] = [];
  const repeats = new Repeats("name");
  const read = await readTable(files, shape, (cells) => {
    const source = sourceOf(cells, context);
    if (source === null || repeats.has(cells, "name", [source.name])) return;
    sources.push(source);
  });
  return { ...read, sources };
}

function sourceOf(cells: Row, { organisations, templates }: Context): Source | null {
  const name = cells.newCode("name");
  const organisation = organisations.neededIn(cells, "organisation");
  const template = cells.text("template");
  if (template !== null && (template.length > 64 || !TEMPLATE.test(template)))
    cells.problem("template", `${quoted(template)} is no template's name such as nhs-england-ae-monthly`);
  else if (template !== null && templates?.has(template) === false)
    cells.problem("template", () => `unknown template ${quoted(template)}${suggestion(template, templates)}`);
  const url = cells.needed("url");
  const fault = url === null ? null : faultOfSourceUrl(url);
  if (fault !== null) cells.problem("url", fault);
  const workingDay = cells.needed("working_day") === null ? null : cells.integer("working_day", 1, 60);
  if (name === null || organisation === null || url === null || workingDay === null || cells.faulty) return null;
  return { name, organisation, template, url, workingDay };
}
