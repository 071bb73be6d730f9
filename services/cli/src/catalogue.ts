import { type Catalogue, type CatalogueRead, formatProblem, readCatalogue } from "@signalbox/catalogue";
import { type CatalogueLoad, type Database, type FileChanges, type Kysely, loadCatalogueRows } from "@signalbox/db";
import { loadTemplates } from "@signalbox/formats";

/** Reads and checks a catalogue, with the templates that its sources may name. */
export async function readWhole(dir: string): Promise<CatalogueRead> {
  return readCatalogue(dir, { templates: new Set((await loadTemplates()).keys()) });
}

/** Where a command's result goes, line by line. */
export type Print = (line: string) => void;

/** `catalogue check`: prints every problem, or what the folder holds. Returns the exit code. */
export async function checkCatalogue(dir: string, print: Print): Promise<0 | 1> {
  const { catalogue, problems } = await readWhole(dir);
  for (const problem of problems) print(formatProblem(problem));
  if (catalogue !== null) print(`No problems: ${sizeOf(catalogue)}.`);
  return catalogue === null ? 1 : 0;
}

/** What `catalogue load` answers; `due` says that series wait to be decided, so ring assess-series. */
export interface CatalogueLoaded {
  readonly exitCode: 0 | 1;
  readonly due: boolean;
  readonly result: CatalogueLoad;
}

/** `catalogue load`: checks, then loads all of it or nothing, and prints what changed or why it was not loaded. */
export async function loadCatalogue(
  db: Kysely<Database>,
  dir: string,
  actor: string,
  now: Temporal.Instant,
  print: Print,
): Promise<CatalogueLoaded> {
  const { catalogue, problems } = await readWhole(dir);
  const result: CatalogueLoad =
    catalogue === null ? { kind: "refused", problems } : await loadCatalogueRows(db, catalogue, { actor, now });
  if (result.kind === "refused") {
    for (const problem of result.problems) print(formatProblem(problem));
    return { exitCode: 1, due: false, result };
  }
  if (result.kind === "unchanged") {
    print(`Nothing changed: catalogue version ${result.version} holds.`);
    return { exitCode: 0, due: false, result };
  }
  for (const changes of result.changes) printChanges(changes, print);
  print(`Catalogue version ${result.version} is loaded.${dueText(result.due.series)}`);
  return { exitCode: 0, due: result.due.series + result.due.organisations > 0, result };
}

function printChanges({ file, added, changed, removed, examples }: FileChanges, print: Print): void {
  print(`${file}: ${added} added, ${changed} changed, ${removed} removed`);
  for (const example of examples) print(`${file}: ${example}`);
  const more = added + changed + removed - examples.length;
  if (more > 0) print(`${file}: and ${more} more`);
}

function dueText(series: number): string {
  return series === 0 ? "" : ` ${series} series will be decided again.`;
}

function sizeOf({ organisations, forums, people, metrics, thresholds, plans, targets }: Catalogue): string {
  const sizes = Object.entries({ organisations, forums, people, metrics, thresholds, plans, targets });
  return sizes.map(([name, rows]) => `${rows.length} ${name}`).join(", ");
}
