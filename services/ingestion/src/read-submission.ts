import {
  appendObservations,
  type Clock,
  type CurrentCatalogue,
  type Database,
  dropAnsweredChasers,
  holdCatalogue,
  keepTemplateChecks,
  lostParts,
  type Kysely,
  markDue,
  markFormerParents,
  mergeSeries,
  nameSeries,
  type ProblemRow,
  type ReadCatalogue,
  settleReading,
  stageRows,
  takeSubmission,
  type TakenSubmission,
  type TemplateChecks,
  type Transaction,
  warnOfPlans,
  writeProblems,
} from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import {
  findTemplate,
  noRows,
  type ReadRequest,
  readInWorker,
  type ReadResult,
  type Template,
} from "@signalbox/formats";
import { askSignOff } from "./ask-sign-off.ts";
import { askReceipt } from "./receipt.ts";
import { type OwnRows, ownRows } from "@signalbox/formats/own-rows";
import { watchPlausibility } from "./plausible-values.ts";
import { templateChecks } from "./template-checks.ts";

/** What reading needs beside the submission. */
export interface ReadingParts {
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly templates: ReadonlyMap<string, Template>;
  readonly readCatalogue: ReadCatalogue;
  /** The least of each percent metric's limits and plans. */
  readonly readGoals: (db: Kysely<Database>) => Promise<ReadonlyMap<string, number>>;
}

export type Reading = "read" | "not-ours";

/**
 * Reads a submission: bytes to rows by its template, rows to observations, the series they touch marked as due, a receipt
 * asked for; all of it in one transaction. `not-ours` where it is read already or another worker has it.
 */
export async function readSubmission(parts: ReadingParts, id: number): Promise<Reading> {
  const { db, clock, templates } = parts;
  return db.transaction().execute(async (trx) => {
    const submission = await takeSubmission(trx, id);
    if (submission === null) return "not-ours";
    await holdCatalogue(trx);
    const now = await clock.now();
    const catalogue = await parts.readCatalogue(trx);
    const goals = await parts.readGoals(trx);
    const result = await read(submission, {
      templates,
      metrics: catalogue?.metrics ?? new Map(),
      now: dayOf(now).toString(),
      lowestGoals: goals,
    });
    const checks = templateChecks(templates.get(result.template ?? "") ?? null, result.rows.metrics);
    const own = ownRows(result.rows, { organisation: submission.organisation, catalogue });
    await keep(trx, { submission, result, own, checks, catalogue, now });
    return "read";
  });
}

interface Keeping {
  readonly submission: TakenSubmission;
  readonly result: Pick<ReadResult, "problems" | "read" | "unchanged" | "refused" | "issued" | "template">;
  readonly own: OwnRows;
  readonly checks: TemplateChecks;
  readonly catalogue: CurrentCatalogue | null;
  readonly now: Temporal.Instant;
}

async function keep(
  trx: Transaction<Database>,
  { submission, result, own, checks, catalogue, now }: Keeping,
): Promise<void> {
  const { id } = submission;
  const issued = submission.issued ?? result.issued;
  let unchanged = 0;
  let warnings: readonly ProblemRow[] = [];
  if (own.count > 0) {
    await stageRows(trx, own.rows());
    await nameSeries(trx);
    const partsLost = await lostParts(trx);
    if (Object.keys(checks).length > 0) await keepTemplateChecks(trx, id, checks);
    const plausibility = await watchPlausibility(trx, { catalogue, templateChecks: checks });
    const rankedBy = issued ?? dayOf(submission.receivedAt).toString();
    await appendObservations(trx, id, rankedBy);
    ({ unchanged } = await mergeSeries(trx, id, { issued: rankedBy, now }));
    warnings = [...partsLost, ...(await plausibility.warnings())];
    await markDue(trx, id, now);
    await markFormerParents(trx, id, now);
    await dropAnsweredChasers(trx);
  }
  await writeProblems(trx, id, [...result.problems, ...own.problems, ...warnings]);
  if (own.count > 0) await warnOfPlans(trx, id);
  const rows = {
    read: result.read,
    accepted: own.count - unchanged,
    unchanged: unchanged + (own.count > 0 ? result.unchanged : 0),
    refused: result.refused + own.refused,
  };
  const template = result.template ?? (result.read > 0 ? "canonical" : null);
  const status = await settleReading(trx, id, { rows, issued, readAt: now, template });
  await askReceipt(trx, { submission, status, rows, now });
  await askSignOff(trx, { submission, catalogue, rows, now });
}

type Surroundings = Pick<ReadRequest, "metrics" | "now" | "lowestGoals"> & Pick<ReadingParts, "templates">;

async function read(submission: TakenSubmission, { templates, ...request }: Surroundings): Promise<ReadResult> {
  const { bytes, filename, mediaType } = submission;
  const file = { ...request, bytes, filename, mediaType };
  if (submission.template === null) return readInWorker({ ...file, templates: [...templates.values()], named: false });
  const template = findTemplate(templates, submission.template);
  if (template === null) return unknownTemplate(submission.template, templates);
  return readInWorker({ ...file, templates: [template], named: true });
}

/** A file whose template nobody knows is refused with what the templates are called. */
function unknownTemplate(name: string, templates: ReadonlyMap<string, Template>): ReadResult {
  const known = [...templates.keys()].toSorted().join(", ");
  const message = `There is no template "${name}". Name one of: ${known}; or none, for the canonical columns.`;
  const problem = {
    row: null,
    column: null,
    code: "unknown-template",
    message,
    value: name,
    severity: "error",
  } as const;
  const rows = noRows();
  return {
    rejected: { code: problem.code, message },
    rows,
    problems: [problem],
    read: 0,
    unchanged: 0,
    refused: 0,
    issued: null,
  };
}
