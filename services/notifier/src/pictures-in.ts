import type { NoticeToSend } from "@signalbox/db";
import { domainOf, MOST_PICTURES, type Picture, readDetail, worstFirst } from "@signalbox/mail";
import { pictureKey, type Pictures } from "./pictures.ts";

const PICTURED = new Set(["digest", "action-plan-request", "commentary-request"]);

/** The pictures of one mail by notice: of the worst few that have one, each series and period once. */
export function picturesIn({
  kind,
  notices,
  pictures,
  sender,
}: {
  readonly kind: string;
  readonly notices: readonly NoticeToSend[];
  readonly pictures: Pictures;
  readonly sender: string;
}): ReadonlyMap<number, Picture> {
  if (!PICTURED.has(kind) || pictures.size === 0) return new Map();
  const shown = new Set<string>();
  const worst = notices
    .map((notice) => ({ notice, key: pictureKey(notice), detail: readDetail(notice.detail) }))
    .filter(({ key }) => pictures.has(key))
    .toSorted((a, b) => worstFirst(a.detail, b.detail))
    .filter(({ key }) => !shown.has(key) && shown.add(key))
    .slice(0, MOST_PICTURES);
  const domain = domainOf(sender);
  return new Map(
    worst.flatMap(({ notice, key }, at) => {
      const drawn = pictures.get(key);
      return drawn === undefined ? [] : [[notice.id, { ...drawn, cid: `chart-${at + 1}@${domain}` }] as const];
    }),
  );
}
