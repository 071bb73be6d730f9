import { readFile } from "node:fs/promises";
import { traceSubmission } from "@signalbox/formats";
import type { Run } from "../command.ts";
import { filesToSubmit } from "../files-to-submit.ts";
import { knownMetrics } from "../trying/known-metrics.ts";
import { templatesToTry } from "../trying/named-template.ts";
import { type Tried, triedDocument, wouldBeRejected } from "../trying/tried.ts";
import { triedLines } from "../trying/tried-lines.ts";
import { UsageError } from "../usage-error.ts";

const ROWS = 10;

/** Reads a file as submitting it would, shows cell by cell what becomes of it, and keeps nothing. */
export const run: Run = async ({ arguments: paths, options, terminal }) => {
  const rows = rowsOf(options["rows"]);
  const [file] = await filesToSubmit(paths);
  if (file === undefined || file.isTooLarge)
    throw new UsageError(`${paths[0]}: larger than 50 MB, and so not taken. Split it by period.`);
  const { templates, named } = await templatesToTry(options["template"]);
  const known = await knownMetrics(options["catalogue"]);
  const { filename, mediaType } = file;
  const { metrics, now, lowestGoals } = known;
  const bytes = await readFile(file.path);
  const request = { bytes, filename, mediaType, templates, named, metrics, now, lowestGoals };
  const traced = await traceSubmission(request);
  const template = templates.find(({ name }) => name === traced.template) ?? null;
  const tried: Tried = { file, traced, known, template, named, rows };
  for (const line of triedLines(tried)) terminal.print(line);
  terminal.document(triedDocument(tried));
  return wouldBeRejected(tried) ? 1 : 0;
};

function rowsOf(given: string | undefined): number {
  if (given === undefined) return ROWS;
  if (given === "all") return Infinity;
  if (/^\d{1,7}$/.test(given)) return Number(given);
  throw new UsageError(`--rows ${JSON.stringify(given)} is no number of rows; give one, or all.`);
}
