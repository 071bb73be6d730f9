import type { SubmissionProblem, SubmissionReport } from "@signalbox/db";
import type { TableOut } from "../../way-out.ts";

const COLUMNS = ["row", "column", "code", "message", "value", "severity"] as const;

/** The problems of a submission as a table that leaves. */
export function problemsOut(submission: number, problems: readonly SubmissionProblem[]): TableOut {
  return {
    name: `submission-${submission}-problems`,
    columns: COLUMNS.map((key) => ({ key, title: key })),
    rows: problems.map((problem) => Object.fromEntries(COLUMNS.map((key) => [key, problem[key]]))),
  };
}

/** By which layout a file was read, as far as that is known. */
export function templateInWords(
  { template, templateFound, readAt }: Pick<SubmissionReport, "template" | "templateFound" | "readAt">,
  templates: ReadonlyMap<string, { readonly title: string }>,
): string {
  const found = layoutFound({ template, templateFound }, templates);
  if (template !== null) return `${found}, as the sender named it`;
  if (found !== null) return `${found}, found by the file's headers`;
  return readAt === null ? "None named: it is looked for when the file is read" : "None named";
}

/** What the layout of a file is called, named or found; null where nobody knows. */
export function layoutFound(
  { template, templateFound }: Pick<SubmissionReport, "template" | "templateFound">,
  templates: ReadonlyMap<string, { readonly title: string }>,
): string | null {
  const name = template ?? templateFound;
  if (name === null) return null;
  return name === "canonical" ? "Signalbox's own columns" : (templates.get(name)?.title ?? name);
}
