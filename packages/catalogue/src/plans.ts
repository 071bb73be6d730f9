import type { CatalogueFiles } from "./catalogue-files.ts";
import type { Metric, Organisation, Plan } from "./catalogue.ts";
import type { Codes } from "./codes.ts";
import { numberIn } from "./numbers.ts";
import { readTable, type TableRead } from "./read-table.ts";

const shape = { file: "plans.csv", columns: ["metric", "organisation", "period", "value"] } as const;

interface Context {
  readonly organisations: Codes<Organisation>;
  readonly metrics: Codes<Metric>;
}

/** Reads the plans. There may be a million and more: rows share the codes' strings, and doubles are found by number. */
export async function readPlans(
  files: CatalogueFiles,
  { metrics, organisations }: Context,
): Promise<TableRead & { plans: readonly Plan[] }> {
  const plans: Plan[] = [];
  const linesOf = new Map<Metric, Map<Organisation, Map<number, number>>>();
  const read = await readTable(files, shape, (cells) => {
    const metricCode = metrics.neededIn(cells, "metric");
    const organisationCode = organisations.neededIn(cells, "organisation");
    if (cells.needed("period") === null || cells.needed("value") === null) return;
    const metric = metricCode === null ? null : metrics.get(metricCode);
    const organisation = organisationCode === null ? null : organisations.get(organisationCode);
    if (metric === null) return;
    const period = cells.period("period", metric.frequency);
    const value = numberIn(cells, "value", metric);
    if (organisation === null || period === null || value === null || cells.faulty) return;
    const lines = inner(inner(linesOf, metric), organisation);
    const first = lines.get(period);
    if (first !== undefined) {
      cells.problem("period", `the same metric, organisation and period as in line ${first}`);
      return;
    }
    lines.set(period, cells.line);
    plans.push({ metric: metric.code, organisation: organisation.code, period, value });
  });
  return { ...read, plans };
}

function inner<Key, InnerKey, Value>(maps: Map<Key, Map<InnerKey, Value>>, key: Key): Map<InnerKey, Value> {
  const found = maps.get(key);
  if (found !== undefined) return found;
  const made = new Map<InnerKey, Value>();
  maps.set(key, made);
  return made;
}
