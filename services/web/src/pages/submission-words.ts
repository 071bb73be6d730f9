import type { SubmissionProblem, SubmissionReport } from "@signalbox/db";
import type { TableOut } from "../way-out.ts";

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
  const called = (name: string) =>
    name === "canonical" ? "Signalbox's own columns" : (templates.get(name)?.title ?? name);
  if (template !== null) return `${called(template)}, as the sender named it`;
  if (templateFound !== null) return `${called(templateFound)}, found by the file's headers`;
  return readAt === null ? "None named: it is looked for when the file is read" : "None named";
}
