import {
  type Database,
  type Kysely,
  problemsOf,
  readSubmission,
  type ReceivedSubmission,
  type SubmissionProblem,
} from "@signalbox/db";
import type { FileToSubmit } from "./files-to-submit.ts";

/** A file and what it was answered with; null where it was not taken at all. */
export interface Sent {
  readonly file: FileToSubmit;
  readonly received: ReceivedSubmission | null;
}

/** What became of one file, as printed. */
export interface Outcome {
  readonly id: string | null;
  readonly file: string;
  readonly status: ReceivedSubmission["status"];
  readonly duplicate: boolean;
  readonly rows: {
    readonly read: number;
    readonly accepted: number;
    readonly unchanged: number;
    readonly refused: number;
  };
  readonly failure: string | null;
  /** The first ones. */
  readonly problems: readonly SubmissionProblem[];
  readonly errors: number;
  readonly warnings: number;
}

const NO_ROWS = { read: 0, accepted: 0, unchanged: 0, refused: 0 };
const PROBLEMS_KEPT = 20;
const PROBLEMS_SHOWN = 3;

/** A file over the limit: nothing of it is kept. */
export function tooLarge({ path }: FileToSubmit): Outcome {
  const message = "The file is larger than 50 MB: send it in parts.";
  const problem = { row: null, column: null, code: "too-large", message, value: null, severity: "error" } as const;
  const nothing = { id: null, duplicate: false, rows: NO_ROWS, failure: null };
  return { ...nothing, file: path, status: "rejected", problems: [problem], errors: 1, warnings: 0 };
}

/** Looks up what has become of a file that was taken. */
export async function readOutcome(
  db: Kysely<Database>,
  { path }: FileToSubmit,
  { id, duplicate }: ReceivedSubmission,
): Promise<Outcome> {
  const report = await readSubmission(db, id, null);
  if (report === null) throw new Error(`submission ${id} is gone`);
  const all = await problemsOf(db, id);
  const errors = all.filter(isError);
  const warnings = all.filter((problem) => !isError(problem));
  const { status, rows, failure } = report;
  return {
    id: String(id),
    file: path,
    status,
    duplicate,
    rows,
    failure,
    problems: [...errors, ...warnings].slice(0, PROBLEMS_KEPT),
    errors: errors.length,
    warnings: warnings.length,
  };
}

export function isRejected({ status }: Outcome): boolean {
  return status === "rejected";
}

/** One line a file, and its first errors below it. */
export function linesOf(outcome: Outcome): string[] {
  const { id, file, status, duplicate, rows, failure, problems, errors, warnings } = outcome;
  const said = rows.read === 0 ? "" : `: ${count(rows.read, "row")} read, ${rows.accepted} accepted`;
  const rest = rows.read === 0 ? "" : `, ${rows.unchanged} unchanged, ${rows.refused} refused`;
  const warned = warnings === 0 ? "" : `, ${count(warnings, "warning")}`;
  const lines = [`${id ?? "-"}  ${status}${duplicate ? " (duplicate)" : ""}  ${file}${said}${rest}${warned}`];
  if (failure !== null) lines.push(`    could not be read: ${failure}`);
  const shown = problems.filter(isError).slice(0, PROBLEMS_SHOWN);
  lines.push(...shown.map(problemLine));
  const more = errors - shown.length;
  if (more > 0) lines.push(`    and ${more} more: /api/v1/submissions/${id}/problems.csv`);
  return lines;
}

function problemLine({ row, column, code, message, value }: SubmissionProblem): string {
  const place = [row === null ? "" : `row ${row}`, column ?? ""].filter((part) => part !== "").join(", ");
  return `    ${place === "" ? "" : `${place}: `}${code}: ${message}${value === null ? "" : ` (${JSON.stringify(value)})`}`;
}

function isError({ severity }: SubmissionProblem): boolean {
  return severity === "error";
}

function count(many: number, noun: string): string {
  return `${many.toLocaleString("en-GB")} ${noun}${many === 1 ? "" : "s"}`;
}
