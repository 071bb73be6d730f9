import { readFile } from "node:fs/promises";
import { currentCatalogue, receiveSubmission } from "@signalbox/db";
import { loadTemplates } from "@signalbox/formats";
import type { Call, Run } from "../command.ts";
import { type FileToSubmit, filesToSubmit } from "../files-to-submit.ts";
import { openBells, openParts, type Parts } from "../parts.ts";
import { untilSettled } from "../settling.ts";
import { isRejected, linesOf, readOutcome, type Sent, tooLarge } from "../submitted.ts";
import { UsageError } from "../usage-error.ts";
import { missingServices, workHere } from "../work-here.ts";

export const run: Run = async ({ arguments: paths, options, switches, terminal }) => {
  const files = await filesToSubmit(paths);
  const template = await templateOf(options);
  const issued = dayOf(options["issued"]);
  await using stack = new AsyncDisposableStack();
  const parts = await openParts(stack);
  const organisation = await submitterOf(parts, options["organisation"]);
  const queues = await openBells(stack, parts);
  const sent: Sent[] = [];
  for (const file of files) {
    const received = file.isTooLarge ? null : await keep(parts, { file, organisation, template, issued });
    sent.push({ file, received });
    if (terminal.isInteractive) terminal.progress(`${sent.length} of ${files.length} files kept`);
  }
  const wait = switches.has("wait");
  const ids = [...new Set(sent.flatMap(({ received }) => (received === null ? [] : [received.id])))];
  // Rung for once all are kept: nobody is told of what a file that came with it puts right.
  for (const submission of ids) await queues.ring("read-submission", { submission });
  const seeToIt = workHere(stack, { ...parts, queues });
  const settled = wait && (await untilSettled(ids, { ...parts, terminal, seeToIt }));
  const outcomes = await Promise.all(
    sent.map(async ({ file, received }) =>
      received === null ? tooLarge(file) : readOutcome(parts.db, file, received),
    ),
  );
  for (const outcome of outcomes) for (const line of linesOf(outcome)) terminal.print(line);
  terminal.document({ submissions: outcomes, settled });
  if (wait && !settled) terminal.note("signalbox: work they need has failed; npx signalbox status says what.");
  if (!wait && (await missingServices(parts)).length > 0) {
    terminal.note("They are kept. Nothing runs that would read them: npx signalbox start, or submit with --wait.");
  }
  return outcomes.some(isRejected) || (wait && !settled) ? 1 : 0;
};

async function keep(
  { db, clock }: Parts,
  from: { file: FileToSubmit; organisation: string; template: string | null; issued: string | null },
) {
  const { filename, mediaType, path } = from.file;
  const { organisation, template, issued } = from;
  const bytes = await readFile(path);
  const now = await clock.now();
  const common = { organisation, template, issued, filename, mediaType, bytes, now };
  return receiveSubmission(db, { ...common, channel: "cli", submittedBy: "operator" });
}

async function templateOf({ template }: Call["options"]): Promise<string | null> {
  if (template === undefined) return null;
  const known = [...(await loadTemplates()).keys()].toSorted();
  if (known.includes(template)) return template;
  throw new UsageError(`There is no template ${JSON.stringify(template)}; give one of ${known.join(", ")}, or none.`);
}

function dayOf(issued: string | undefined): string | null {
  if (issued === undefined) return null;
  try {
    return Temporal.PlainDate.from(issued).toString();
  } catch {
    throw new UsageError(`--issued ${JSON.stringify(issued)} is no day; give one as 2024-03-31.`);
  }
}

/** The organisation that submits: the one named, else the system as a whole. */
async function submitterOf({ db }: Parts, named: string | undefined): Promise<string> {
  const catalogue = await currentCatalogue(db);
  if (catalogue === null) throw new UsageError("There is no catalogue yet. Run: npx signalbox catalogue load DIR");
  if (named !== undefined) {
    if (catalogue.organisations.has(named)) return named;
    throw new UsageError(`There is no organisation ${JSON.stringify(named)} in the catalogue; give the code of one.`);
  }
  const system = [...catalogue.organisations.values()].find(({ kind }) => kind === "system");
  if (system === undefined)
    throw new UsageError("The catalogue has no system; name who submits with --organisation CODE.");
  return system.code;
}
