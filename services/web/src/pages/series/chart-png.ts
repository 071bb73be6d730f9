import { pngOf } from "@signalbox/charts/png";
import {
  catalogueReader,
  readSeriesPoints,
  sees,
  seesSeries,
  type SeriesPoints,
  type Sight,
  unsignedFigures,
  withoutUnsigned,
} from "@signalbox/db";
import { chartedSeries } from "@signalbox/explain/charted-series";
import { createHash } from "node:crypto";
import { sightOf } from "../../callers.ts";
import { Problem } from "../../problem.ts";
import type { PagesOf } from "../all.ts";

/** /series/METRIC/ORGANISATION/chart.png: the chart of a series' page as a picture, for a paper or a slide. */
export const chartPng: PagesOf = (app, { db }) => {
  const readCatalogue = catalogueReader();

  app.get<{ Params: { metric: string; organisation: string } }>(
    "/series/:metric/:organisation/chart.png",
    async (request, reply) => {
      const { metric, organisation } = request.params;
      const catalogue = await readCatalogue(db);
      // What the catalogue does not know may hold anything; the database is not asked for it.
      const isKnown = catalogue?.metrics.has(metric) === true && catalogue.organisations.has(organisation);
      const found = isKnown ? await readSeriesPoints(db, metric, organisation) : null;
      const shown = found === null ? null : await asSeen(found, sightOf(request));
      const name = catalogue?.organisations.get(organisation)?.name ?? organisation;
      const charted =
        catalogue === null || shown === null ? null : chartedSeries(catalogue, shown, { organisation: name });
      if (charted === null)
        throw new Problem(404, `There is no chart of ${metric} of ${organisation} that you may see.`);
      const etag = `"${createHash("sha256").update(charted.svg).digest("base64url")}"`;
      reply.header("etag", etag).header("cache-control", "private, no-cache");
      if (request.headers["if-none-match"] === etag) return reply.code(304).send();
      return reply.type("image/png").send(await pngOf(charted.svg));
    },
  );

  /** The series as its caller may see it; null where they may not. */
  async function asSeen(found: SeriesPoints, sight: Sight): Promise<SeriesPoints | null> {
    if (!seesSeries(sight, found)) return null;
    if (sees(sight.organisations, found.organisation)) return found;
    return withoutUnsigned(found, await unsignedFigures(db));
  }
};
