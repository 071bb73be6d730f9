import { loadTemplates, type Template } from "@signalbox/formats";
import type { Run } from "../command.ts";

/** The templates that come with Signalbox. */
export const run: Run = async ({ terminal }) => {
  const templates = [...(await loadTemplates()).values()].toSorted((a, b) => a.name.localeCompare(b.name, "en-GB"));
  terminal.document({
    items: templates.map(({ name, title, source, metrics }) => ({ name, title, source, metrics: codesOf(metrics) })),
  });
  for (const { name, title, metrics } of templates) {
    terminal.print(name);
    terminal.print(`  ${title}`);
    terminal.print(`  ${codesOf(metrics)?.join(", ") ?? "any metric: the rows name it"}`);
  }
  return 0;
};

/** The metrics that a template gives; null where its rows name any. */
function codesOf(metrics: Template["metrics"]): string[] | null {
  const codes = Array.isArray(metrics) ? metrics.map(({ metric }) => metric) : Object.values(metrics.codes);
  return codes.length === 0 ? null : [...new Set(codes)].toSorted();
}
