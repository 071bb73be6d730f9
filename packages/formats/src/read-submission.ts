import { canonicalLayout } from "./canonical-layout.ts";
import { noRows } from "./canonical-rows.ts";
import { refuseDuplicates } from "./duplicates.ts";
import { Findings, type Layout } from "./findings.ts";
import { refuseFractions } from "./looks-like-fractions.ts";
import { FileRejected } from "./problem.ts";
import type { ReadRequest, ReadResult } from "./read-result.ts";
import { readerFor, type TableSink } from "./reader.ts";
import type { Template } from "./template.ts";
import { templateLayout } from "./template-layout.ts";

const NOT_THIS_LAYOUT = "missing-columns";

/**
 * Reads a file into canonical rows and their problems. Never throws for what a file holds: a file that cannot be read, or
 * has no usable row, comes back rejected. Gives way to other work while it reads; 50 MB take some seconds.
 */
export async function readSubmission(request: ReadRequest): Promise<ReadResult> {
  const [only = null] = request.templates;
  return request.named ? readBy(request, only) : readByContent(request);
}

async function readByContent(request: ReadRequest): Promise<ReadResult> {
  const canonical = await readBy(request, null);
  if (canonical.rejected?.code !== NOT_THIS_LAYOUT) return canonical;
  const fitting: { name: string; result: ReadResult }[] = [];
  for (const template of request.templates) {
    const result = await readBy(request, template);
    if (result.rejected?.code !== NOT_THIS_LAYOUT) fitting.push({ name: template.name, result });
  }
  const [first, ...others] = fitting;
  if (first === undefined) return canonical;
  if (others.length === 0) return first.result;
  const names = fitting.map(({ name }) => name).join(", ");
  const message = `Several templates fit this file: ${names}. Send it again and name the one that is meant.`;
  return rejectedWhole(new FileRejected("several-templates", message), new Findings());
}

async function readBy(request: ReadRequest, template: Template | null): Promise<ReadResult> {
  const found = new Findings();
  try {
    const read = readerFor(request.bytes, request.mediaType);
    const layout = template ? templateLayout(request, template, found) : canonicalLayout(request, found);
    await read(request.bytes, firstSheet(layout, found));
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

/** The first sheet's rows for a layout that knows nothing of sheets. */
function firstSheet({ onRow }: Layout, { problems }: Findings): TableSink {
  return {
    wants: ({ place }) => place === 0,
    onRow,
    sheetEnds: () => {},
    warn: (code, message) => problems.add("warning", code, message, {}),
  };
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
