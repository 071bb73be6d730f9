import { candidatesOf } from "./candidates.ts";
import { noRows } from "./canonical-rows.ts";
import { refuseDuplicates } from "./duplicates.ts";
import { Findings } from "./findings.ts";
import { type Candidate, LayoutChoice } from "./layout-choice.ts";
import { refuseFractions } from "./looks-like-fractions.ts";
import { FileRejected } from "./problem.ts";
import type { ReadRequest, ReadResult } from "./read-result.ts";
import { readerFor } from "./reader.ts";

/**
 * Reads a file into canonical rows and their problems. Never throws for what a file holds: a file that cannot be read, or
 * has no usable row, comes back rejected. Gives way to other work while it reads; 50 MB take some seconds.
 */
export async function readSubmission(request: ReadRequest): Promise<ReadResult> {
  return readBy(
    request,
    candidatesOf(request, () => null),
  );
}

/** Reads a file by the one of these layouts that it has. */
export async function readBy(request: ReadRequest, candidates: readonly Candidate[]): Promise<ReadResult> {
  const choice = new LayoutChoice(candidates);
  let chosen: Candidate | undefined = candidates[0];
  try {
    const read = readerFor(request.bytes, request.mediaType);
    await read(request.bytes, choice);
    chosen = choice.chosen();
    if (chosen.failed !== null) throw chosen.failed;
    return whole(request, chosen);
  } catch (error) {
    if (error instanceof FileRejected) return rejectedWhole(error, chosen);
    throw error;
  }
}

/** The rows that are left once the file is judged as a whole. */
function whole(request: ReadRequest, { layout, found }: Candidate): ReadResult {
  layout.end();
  const refused = new Uint8Array(found.rows.length);
  refuseFractions(request, found, refused);
  const unchanged = refuseDuplicates(request, found, refused);
  const rows = found.rows.keep(refused);
  if (rows.length === 0) throw noUsableRow(found);
  return {
    rejected: null,
    rows,
    problems: found.problems.all(),
    read: found.read,
    unchanged,
    refused: found.refused,
    ...(layout.name === null ? {} : { template: layout.name }),
    ...(layout.readSheet ? { sheet: layout.readSheet } : {}),
    issued: layout.issued(),
  };
}

function noUsableRow({ read }: Findings): FileRejected {
  const message =
    read === 0 ? "The file has a header and no row under it." : `None of the file's ${read} rows can be used.`;
  return new FileRejected("no-usable-row", message);
}

function rejectedWhole({ code, message, row }: FileRejected, candidate: Candidate | undefined): ReadResult {
  const reason = { row, column: null, code, message, value: null, severity: "error" } as const;
  const { problems, read } = candidate?.found ?? new Findings();
  const sheet = candidate?.layout.readSheet;
  return {
    rejected: { code, message },
    rows: noRows(),
    problems: [reason, ...problems.all()],
    read,
    unchanged: 0,
    refused: read,
    ...(candidate === undefined || candidate.layout.name === null ? {} : { template: candidate.layout.name }),
    ...(sheet ? { sheet } : {}),
    issued: null,
  };
}
