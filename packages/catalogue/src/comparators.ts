import type { CatalogueFiles } from "./catalogue-files.ts";
import type { Comparator, Metric } from "./catalogue.ts";
import type { Cells } from "./cells.ts";
import type { Codes } from "./codes.ts";
import { numberIn } from "./numbers.ts";
import { readTable, type TableRead } from "./read-table.ts";
import { Repeats } from "./repeats.ts";

const shape = { file: "comparators.csv", columns: ["metric", "name", "period", "value"], optional: true } as const;

interface Context {
  readonly metrics: Codes<Metric>;
}

/** Reads what others publish for a metric's periods, such as a region's average: one a metric and period. */
export async function readComparators(
  files: CatalogueFiles,
  context: Context,
): Promise<TableRead & { comparators: readonly Comparator[] }> {
  const comparators: Comparator[] = [];
  const repeats = new Repeats("metric and period");
  const read = await readTable(files, shape, (cells) => {
    const row = comparatorOf(cells, context);
    if (row === null || repeats.has(cells, "period", [row.metric, row.period])) return;
    comparators.push(row);
  });
  return { ...read, comparators };
}

function comparatorOf(cells: Cells<(typeof shape.columns)[number]>, { metrics }: Context): Comparator | null {
  const code = metrics.neededIn(cells, "metric");
  const metric = code === null ? null : metrics.get(code);
  const name = cells.needed("name");
  const period = cells.needed("period") === null || metric === null ? null : cells.period("period", metric.frequency);
  const value = cells.needed("value") === null || metric === null ? null : numberIn(cells, "value", metric);
  if (metric === null || name === null || period === null || value === null || cells.faulty) return null;
  return { metric: metric.code, name, period, value };
}
