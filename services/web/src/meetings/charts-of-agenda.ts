import { pngOf } from "@signalbox/charts/png";
import {
  type CurrentCatalogue,
  type Database,
  type Kysely,
  pointsOfMany,
  unsignedFigures,
  withoutUnsigned,
} from "@signalbox/db";
import { chartedSeries } from "@signalbox/explain/charted-series";
import type { ChartPicture } from "./agenda-docx.ts";
import type { AgendaShown } from "./agenda-shown.ts";

/** How many charts an agenda holds at most, of what is new and what is worse. */
const MOST = 12;

/**
 * Charts of the new and the worse cases of an agenda, by case, each with its words: the series' points in one statement. What
 * waits for a signature is not drawn.
 */
export async function chartsOfAgenda(
  db: Kysely<Database>,
  { groups }: AgendaShown,
  catalogue: CurrentCatalogue,
): Promise<ReadonlyMap<number, ChartPicture>> {
  const lines = groups
    .filter(({ key }) => key === "new" || key === "worse")
    .flatMap((group) => group.lines)
    .filter(({ series }) => series !== null)
    .slice(0, MOST);
  const ids = lines.flatMap(({ series }) => (series === null ? [] : [series.id]));
  const [points, unsigned] = await Promise.all([pointsOfMany(db, ids), unsignedFigures(db)]);
  const drawn = await Promise.all(
    lines.map(async ({ id, series, title, organisation, value, limit }): Promise<[number, ChartPicture][]> => {
      const found = series === null ? undefined : points.get(series.id);
      if (found === undefined) return [];
      const charted = chartedSeries(catalogue, withoutUnsigned(found, unsigned), {
        organisation,
        through: series?.through ?? Infinity,
      });
      if (charted === null) return [];
      const alt = `Chart of ${title}, ${organisation}: ${value}${limit === "" ? "" : `, ${limit} limit`}`;
      return [[id, { png: await pngOf(charted.svg), alt }]];
    }),
  );
  return new Map(drawn.flat());
}
