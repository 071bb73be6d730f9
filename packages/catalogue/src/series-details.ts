import type { Metric, Organisation, SeriesDetail } from "./catalogue.ts";
import type { Codes } from "./codes.ts";
import { readTable, type TableRead } from "./read-table.ts";

const shape = {
  file: "series.csv",
  columns: ["metric", "organisation", "owner", "author", "contract", "commissioner"],
  optional: true,
} as const;

interface Context {
  readonly organisations: Codes<Organisation>;
  readonly metrics: Codes<Metric>;
}

/** Reads what is known of single series: who owns one and writes about it, by e-mail address, and its contract. */
export async function readSeriesDetails(
  dir: string,
  { metrics, organisations }: Context,
): Promise<TableRead & { seriesDetails: readonly SeriesDetail[] }> {
  const seriesDetails: SeriesDetail[] = [];
  const seen = new Map<string, number>();
  const read = await readTable(dir, shape, (cells) => {
    const metric = metrics.neededIn(cells, "metric");
    const organisation = organisations.neededIn(cells, "organisation");
    const [owner, author] = [cells.email("owner"), cells.email("author")];
    const [contract, commissioner] = [cells.text("contract"), cells.text("commissioner")];
    if (metric === null || organisation === null || cells.faulty) return;
    const key = JSON.stringify([metric, organisation]);
    const first = seen.get(key);
    if (first !== undefined)
      return void cells.problem("metric", `the same metric and organisation as in line ${first}`);
    seen.set(key, cells.line);
    seriesDetails.push({ metric, organisation, owner, author, contract, commissioner });
  });
  return { ...read, seriesDetails };
}
