import {
  ALL_SIGNED,
  type CurrentCatalogue,
  type NoticeToPicture,
  type NoticeToSend,
  noticesToPicture,
  type SeriesPoints,
  pointsOfMany,
  type Unsigned,
  unsignedFigures,
  withoutUnsigned,
} from "@signalbox/db";
import { type PictureOfSeries, pictureOfSeries } from "@signalbox/explain/picture-of-series";
import type { Notifier } from "./notifier.ts";
import { type Pictured, pickPictures } from "./pick-pictures.ts";

/** What was drawn, by `pictureKey`. */
export type Pictures = ReadonlyMap<string, PictureOfSeries>;

const NO_PICTURES: Pictures = new Map();

/** Which picture belongs to a notice: that of its series up to its period. */
export function pictureKey({ series, period }: Pick<NoticeToSend | NoticeToPicture, "series" | "period">): string {
  return `${series} ${period}`;
}

/**
 * Draws what the mails that may leave just now are to show, each series once: before their notices are claimed, so that no
 * transaction waits for it. Never fails: a mail leaves without its picture rather than not at all.
 */
export async function drawPictures(
  notifier: Notifier,
  { digests, through, now }: { digests: boolean; through: number; now: Temporal.Instant },
): Promise<Pictures> {
  const { db, log } = notifier;
  const began = performance.now();
  try {
    const picked = pickPictures(await noticesToPicture(db, { digests, through, now }));
    if (picked.length === 0) return NO_PICTURES;
    const [catalogue, points, unsigned] = await Promise.all([
      notifier.readCatalogue(db),
      pointsOfMany(db, [...new Set(picked.map(({ series }) => series))]),
      // Leaders do not see what waits for a signature; those of the organisation itself do.
      digests ? unsignedFigures(db) : ALL_SIGNED,
    ]);
    if (catalogue === null) return NO_PICTURES;
    const drawn = await Promise.all(
      picked.map(async (one): Promise<[string, PictureOfSeries][]> => {
        const found = points.get(one.series);
        const picture = found === undefined ? null : await draw(notifier, catalogue, { one, found, unsigned });
        return picture === null ? [] : [[pictureKey(one), picture]];
      }),
    );
    const pictures = new Map(drawn.flat());
    const milliseconds = Math.round(performance.now() - began);
    log.debug({ pictures: pictures.size, milliseconds, digests }, "drew the charts of mails");
    return pictures;
  } catch (error) {
    log.error({ err: error }, "the charts of mails could not be drawn; they leave without");
    return NO_PICTURES;
  }
}

interface ToDraw {
  readonly one: Pictured;
  readonly found: SeriesPoints;
  readonly unsigned: Unsigned;
}

/** One series as it stood in the period that is told of; null where there is nothing to draw, or it could not be drawn. */
async function draw(
  { log }: Notifier,
  catalogue: CurrentCatalogue,
  { one, found, unsigned }: ToDraw,
): Promise<PictureOfSeries | null> {
  try {
    const points = found.points.filter(({ period }) => period <= one.period);
    return await pictureOfSeries(catalogue, withoutUnsigned({ ...found, points }, unsigned));
  } catch (error) {
    log.error(
      { err: error, series: one.series, period: one.period },
      "a chart could not be drawn; its mail leaves without",
    );
    return null;
  }
}
