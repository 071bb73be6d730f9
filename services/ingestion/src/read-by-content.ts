import { readSubmission, type ReadRequest, type ReadResult, type Template } from "@signalbox/formats";

const NOT_THIS_LAYOUT = "missing-columns";

/**
 * Reads a file for which no template was named: by the canonical columns or, where its header is not theirs, by the one
 * template whose header it has. Where several fit, the file is refused and they are named.
 */
export async function readByContent(
  request: Omit<ReadRequest, "template">,
  templates: ReadonlyMap<string, Template>,
): Promise<ReadResult> {
  const canonical = await readSubmission({ ...request, template: null });
  if (canonical.rejected?.code !== NOT_THIS_LAYOUT) return canonical;
  const fitting: { name: string; result: ReadResult }[] = [];
  for (const [name, template] of templates) {
    const result = await readSubmission({ ...request, template });
    if (result.rejected?.code !== NOT_THIS_LAYOUT) fitting.push({ name, result });
  }
  const [only] = fitting;
  if (only === undefined) return canonical;
  if (fitting.length === 1) return only.result;
  const names = fitting.map(({ name }) => name).join(", ");
  const message = `Several templates fit this file: ${names}. Send it again and name the one that is meant.`;
  const problem = {
    row: null,
    column: null,
    code: "several-templates",
    message,
    value: null,
    severity: "error",
  } as const;
  return { ...canonical, rejected: { code: problem.code, message }, problems: [problem] };
}
