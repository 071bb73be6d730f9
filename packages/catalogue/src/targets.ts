import type { CatalogueFiles } from "./catalogue-files.ts";
import type { Metric, Organisation, Target } from "./catalogue.ts";
import type { Cells } from "./cells.ts";
import type { Codes } from "./codes.ts";
import { numberIn } from "./numbers.ts";
import { readTable, type TableRead } from "./read-table.ts";
import { Repeats } from "./repeats.ts";

const shape = {
  file: "targets.csv",
  columns: ["metric", "organisation", "value", "from", "to", "source"],
  optional: true,
} as const;

interface Context {
  readonly organisations: Codes<Organisation>;
  readonly metrics: Codes<Metric>;
}

/** Reads the national and local standards by their dates. */
export async function readTargets(
  files: CatalogueFiles,
  context: Context,
): Promise<TableRead & { targets: readonly Target[] }> {
  const targets: Target[] = [];
  const repeats = new Repeats("metric, organisation and month");
  const read = await readTable(files, shape, (cells) => {
    const target = targetOf(cells, context);
    if (target === null) return;
    if (repeats.has(cells, "from", [target.metric, target.organisation, target.from])) return;
    targets.push(target);
  });
  return { ...read, targets };
}

function targetOf(cells: Cells<(typeof shape.columns)[number]>, { metrics, organisations }: Context): Target | null {
  const code = metrics.neededIn(cells, "metric");
  const metric = code === null ? null : metrics.get(code);
  const organisation = organisations.in(cells, "organisation");
  const value = cells.needed("value") === null || metric === null ? null : numberIn(cells, "value", metric);
  const from = cells.needed("from") === null ? null : cells.month("from", metric?.frequency ?? "quarterly");
  const to = cells.month("to", metric?.frequency ?? "quarterly");
  if (from !== null && to !== null && to < from) cells.problem("to", "is before from");
  const source = cells.prose("source") || null;
  if (metric === null || value === null || from === null || cells.faulty) return null;
  return { metric: metric.code, organisation, value, from, to, source };
}
