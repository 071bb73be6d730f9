import {
  ALL_SIGNED,
  readSeriesPoints,
  sees,
  seesSeries,
  type SeriesPoints,
  unsignedFigures,
  withoutUnsigned,
} from "@signalbox/db";
import type { FastifyRequest } from "fastify";
import { sightOf } from "./callers.ts";
import type { Parts } from "./parts.ts";
import { Problem } from "./problem.ts";

export interface SeenSeries {
  readonly found: SeriesPoints;
  /** Submissions whose values the caller does not see. */
  readonly unsigned: ReadonlySet<number>;
}

/**
 * A series as its caller may see it: who sees it by forum alone does not see what waits for a signature. Throws Problem 404
 * where there is none, or none that this caller may see.
 */
export async function seenSeries(
  { db }: Pick<Parts, "db">,
  request: Pick<FastifyRequest, "caller">,
  { metric, organisation }: { metric: string; organisation: string },
): Promise<SeenSeries> {
  const sight = sightOf(request);
  const isCode = ![metric, organisation].some((code) => code.length > 300 || /\p{Cc}/u.test(code));
  const found = isCode ? await readSeriesPoints(db, metric, organisation) : null;
  if (found === null || !seesSeries(sight, found))
    throw new Problem(404, `There is no series ${metric} of ${organisation} that you may see.`);
  const isWhole = sees(sight.organisations, organisation);
  const unsigned = isWhole ? ALL_SIGNED : await unsignedFigures(db);
  return { found: withoutUnsigned(found, unsigned), unsigned: unsigned.submissions };
}
