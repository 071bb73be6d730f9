import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The files of a catalogue as text, without their header rows; what is left out has no rows. */
export interface CatalogueText {
  readonly organisations: string;
  readonly forums: string;
  readonly people: string;
  readonly metrics: string;
  readonly thresholds?: string;
  readonly plans?: string;
  readonly targets?: string;
  readonly series?: string;
  readonly comparators?: string;
  readonly sources?: string;
  readonly successors?: string;
  readonly parents?: string;
  readonly protocol: object;
  /** Columns after the usual ones, by file; rows that end before them are filled up. */
  readonly further?: Readonly<Partial<Record<keyof typeof headers, readonly string[]>>>;
}

const headers = {
  organisations: "code,name,kind,parent,opened,closed",
  forums: "code,name,tier,parent",
  people: "email,name,role,forum,organisation",
  metrics:
    "code,name,description,area,domain,unit,scale,better,frequency,aggregation,decimals,definition_changes,accumulates,minimum_change,due_working_day,urgent",
  series: "metric,organisation,owner,author,contract,commissioner",
  thresholds: "metric,organisation,level,basis,board,slt,from,to,status,approved_on,minute",
  plans: "metric,organisation,period,value",
  targets: "metric,organisation,value,from,to,source",
  comparators: "metric,name,period,value",
  sources: "name,organisation,template,url,working_day",
  successors: "organisation,successor,from",
  parents: "organisation,parent,from,to",
} as const;

/**
 * Writes a catalogue's folder; blank lines and indentation do not matter. A file named in `changed` is written as that
 * makes it. `remove` deletes the folder.
 */
export async function catalogueFolder(
  text: CatalogueText,
  changed: Readonly<Record<string, (written: string) => string>> = {},
): Promise<{ dir: string; remove(): Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), "signalbox-catalogue-"));
  for (const [name, header] of Object.entries(headers)) {
    const file = name as keyof typeof headers;
    const rows = linesOf(text[file] ?? "");
    const written = filledUp([header, ...rows], text.further?.[file] ?? [])
      .map((line) => `${line}\n`)
      .join("");
    await writeFile(join(dir, `${name}.csv`), changed[`${name}.csv`]?.(written) ?? written);
  }
  await writeFile(join(dir, "protocol.json"), JSON.stringify(text.protocol));
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}

function filledUp([header = "", ...rows]: readonly string[], further: readonly string[]): string[] {
  if (further.length === 0) return [header, ...rows];
  const whole = [header, ...further].join();
  const cells = (line: string) => line.split(",").length;
  return [whole, ...rows.map((row) => row + ",".repeat(Math.max(0, cells(whole) - cells(row))))];
}

/** The lines of an indented text, without blank ones. */
export function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
