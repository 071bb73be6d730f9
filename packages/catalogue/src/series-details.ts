import type { CatalogueFiles } from "./catalogue-files.ts";
import type { Metric, Organisation, SeriesDetail } from "./catalogue.ts";
import type { Codes } from "./codes.ts";
import { readTable, type TableRead } from "./read-table.ts";
import { Repeats } from "./repeats.ts";

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
  files: CatalogueFiles,
  { metrics, organisations }: Context,
): Promise<TableRead & { seriesDetails: readonly SeriesDetail[] }> {
  const seriesDetails: SeriesDetail[] = [];
  const repeats = new Repeats("metric and organisation");
  const read = await readTable(files, shape, (cells) => {
    const metric = metrics.neededIn(cells, "metric");
    const organisation = organisations.neededIn(cells, "organisation");
    const [owner, author] = [cells.email("owner"), cells.email("author")];
    const [contract, commissioner] = [cells.text("contract"), cells.text("commissioner")];
    if (metric === null || organisation === null || cells.faulty) return;
    if (repeats.has(cells, "metric", [metric, organisation])) return;
    seriesDetails.push({ metric, organisation, owner, author, contract, commissioner });
  });
  return { ...read, seriesDetails };
}
