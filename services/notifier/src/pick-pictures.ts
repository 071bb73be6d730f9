import type { NoticeToPicture } from "@signalbox/db";
import { MOST_PICTURES, worstFirst } from "@signalbox/mail";

/** A series up to a period, to be drawn. */
export type Pictured = Pick<NoticeToPicture, "series" | "period">;

/**
 * As many are drawn before a round of mails leaves, at 40 ms each: an ordinary month has fewer, and a national one, of
 * hundreds of mails, must not wait a minute for its pictures.
 */
const MOST_A_ROUND = 64;

/**
 * Which series are drawn for these notices, each once: of each mail the worst few; where that is too much, of every mail
 * the worst before the second worst of any.
 */
export function pickPictures(notices: readonly NoticeToPicture[], most = MOST_A_ROUND): Pictured[] {
  const mails = Map.groupBy(notices, ({ recipient, kind }) => `${recipient} ${kind}`);
  const ranked = [...mails.values()].map((own) => own.toSorted(worstFirst).slice(0, MOST_PICTURES));
  const picked = new Map<string, Pictured>();
  for (let rank = 0; rank < MOST_PICTURES; rank++) {
    const ofRank = ranked.flatMap((own) => own[rank] ?? []).toSorted(worstFirst);
    for (const { series, period } of ofRank) {
      if (picked.size === most) return [...picked.values()];
      picked.set(`${series} ${period}`, { series, period });
    }
  }
  return [...picked.values()];
}
