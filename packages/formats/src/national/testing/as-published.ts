import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { formatPeriod, UNITS } from "@signalbox/domain";
import { parse } from "csv-parse/sync";
import { sharedPath } from "../../../../../test/harness/shared-data.ts";
import type { CanonicalRow, MetricNotation } from "../../canonical-row.ts";
import { loadTemplates, shippedTemplates } from "../../load-templates.ts";
import type { ReadResult } from "../../read-result.ts";
import { readSubmission } from "../../read-submission.ts";

/** The metrics that seeds/templates/catalogue suggests, as reading needs them. */
export async function suggestedMetrics(): Promise<ReadonlyMap<string, MetricNotation>> {
  const rows = plainly(await readFile(`${shippedTemplates}catalogue/metrics.csv`));
  return new Map(rows.map((row) => [row["code"] ?? "", notationOf(row)]));
}

/** How long a test of whole published files may take, in milliseconds, beside other work on a small machine. */
export const WHOLE_FILES = 60_000;

const templates = [...(await loadTemplates()).values()];
const metrics = await suggestedMetrics();

/** Reads a file of no named template, with every shipped template to choose from, in January 2026. */
export async function readAsFound(file: string | Buffer, filename: string): Promise<ReadResult> {
  return readSubmission({
    bytes: typeof file === "string" ? Buffer.from(file) : file,
    filename,
    mediaType: "text/csv",
    templates,
    named: false,
    metrics,
    now: "2026-01-31",
  });
}

/** A published file under ../shared/data, with the name it was published under. */
export async function published(path: string): Promise<{ bytes: Buffer; filename: string }> {
  const place = sharedPath(`data/${path}`);
  if (place === null) throw new Error(`There is no ${path} in ../shared/data.`);
  return { bytes: await readFile(place), filename: basename(path) };
}

/** A published file read as it would be found: by its content and the name it was published under. */
export async function readPublished(path: string): Promise<{ bytes: Buffer; filename: string; read: ReadResult }> {
  const { bytes, filename } = await published(path);
  return { bytes, filename, read: await readAsFound(bytes, filename) };
}

/** Whether published files can be read on this machine. */
export const publishedAreHere: boolean = sharedPath("data") !== null;

/** The rows of a CSV by header, read by another library and no rule of ours: what our own reading is held against. */
export function plainly(bytes: Buffer | string): Record<string, string>[] {
  return parse(bytes, { bom: true, columns: (header: string[]) => header.map((name) => name.trim()) });
}

/** A number as published files write it: "4,430" is 4430, "-" and an empty cell are 0. */
export function count(text: string | undefined): number {
  const digits = (text ?? "").replaceAll(",", "");
  return digits === "-" ? 0 : Number(digits);
}

/** Each row read by "period,organisation,metric". */
export function byKey(read: ReadResult, frequency: "monthly" | "quarterly" = "monthly"): Map<string, CanonicalRow> {
  return new Map(
    Array.from(read.rows, (row) => [`${formatPeriod(row.period, frequency)},${row.organisation},${row.metric}`, row]),
  );
}

/** A CSV of these rows; a column that a row does not name holds `blank`. */
export function csvOf(
  header: readonly string[],
  rows: readonly Readonly<Record<string, string>>[],
  { blank = "", newline = "\n", mark = "" }: { blank?: string; newline?: string; mark?: string } = {},
): string {
  const lines = [header, ...rows.map((row) => header.map((name) => row[name] ?? blank))];
  return mark + lines.map((cells) => cells.map(quoted).join(",") + newline).join("");
}

function quoted(cell: string): string {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function notationOf({ code, unit, scale, frequency }: Record<string, string>): MetricNotation {
  const known = UNITS.find((name) => name === unit);
  if (known === undefined) throw new Error(`The suggested metric ${code} has no unit that Signalbox knows.`);
  return {
    unit: known,
    scale: scale ? scale.split("|") : [],
    frequency: frequency === "quarterly" ? "quarterly" : "monthly",
  };
}
