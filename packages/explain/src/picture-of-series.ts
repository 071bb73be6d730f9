import { pngOf } from "@signalbox/charts/png";
import type { CurrentCatalogue, SeriesPoints } from "@signalbox/db";
import { chartInWords } from "./chart-in-words.ts";
import { chartedSeries } from "./charted-series.ts";
import { ragAndSpc } from "./rag-and-spc.ts";

/** The chart of a series as a picture, and what it shows in words. */
export interface PictureOfSeries {
  readonly alt: string;
  /** RAG and SPC of the last period in one sentence; null where there is no rating to join. */
  readonly inShort: string | null;
  readonly png: Buffer;
}

/** Draws a series as its page shows it; null where it has nothing to draw. */
export async function pictureOfSeries(
  catalogue: CurrentCatalogue,
  found: SeriesPoints,
): Promise<PictureOfSeries | null> {
  const metric = catalogue.metrics.get(found.metric);
  const organisation = catalogue.organisations.get(found.organisation)?.name ?? found.organisation;
  const charted = chartedSeries(catalogue, found, { organisation });
  const last = found.points.at(-1);
  if (charted === null || metric === undefined || last === undefined) return null;
  return {
    alt: chartInWords(charted, found, metric),
    inShort: ragAndSpc({ ...last, frequency: found.frequency }, charted, found.better),
    png: await pngOf(charted.svg),
  };
}
