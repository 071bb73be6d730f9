import { canonicalLayout } from "./canonical-layout.ts";
import { noRows } from "./canonical-rows.ts";
import { refuseDuplicates } from "./duplicates.ts";
import { Findings } from "./findings.ts";
import { refuseFractions } from "./looks-like-fractions.ts";
import { FileRejected } from "./problem.ts";
import type { ReadRequest, ReadResult } from "./read-result.ts";
import { readerFor } from "./reader.ts";
import { templateLayout } from "./template-layout.ts";

/**
 * Reads a file into canonical rows and their problems. Never throws for what a file holds: a file that cannot be read, or
 * has no usable row, comes back rejected. Gives way to other work while it reads; 50 MB take some seconds.
 */
export async function readSubmission(request: ReadRequest): Promise<ReadResult> {
  const found = new Findings();
  try {
    const read = readerFor(request.bytes, request.mediaType);
    const layout = request.template
      ? templateLayout(request, request.template, found)
      : canonicalLayout(request, found);
    await read(request.bytes, layout.onRow);
    layout.end();
    const refused = new Uint8Array(found.rows.length);
    refuseFractions(request, found, refused);
    const unchanged = refuseDuplicates(request, found, refused);
    const rows = found.rows.keep(refused);
    if (rows.length === 0) throw noUsableRow(found);
    const problems = found.problems.all();
    return {
      rejected: null,
      rows,
      problems,
      read: found.read,
      unchanged,
      refused: found.refused,
      issued: layout.issued(),
    };
  } catch (error) {
    if (error instanceof FileRejected) return rejectedWhole(error, found);
    throw error;
  }
}

function noUsableRow({ read }: Findings): FileRejected {
  const message =
    read === 0 ? "The file has a header and no row under it." : `None of the file's ${read} rows can be used.`;
  return new FileRejected("no-usable-row", message);
}

function rejectedWhole({ code, message, row }: FileRejected, found: Findings): ReadResult {
  const reason = { row, column: null, code, message, value: null, severity: "error" } as const;
  return {
    rejected: { code, message },
    rows: noRows(),
    problems: [reason, ...found.problems.all()],
    read: found.read,
    unchanged: 0,
    refused: found.read,
    issued: null,
  };
}
