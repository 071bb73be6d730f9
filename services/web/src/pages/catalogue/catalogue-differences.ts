import type { FileDifferences } from "@signalbox/catalogue";
import { pageAsked, pageOf } from "../../page-of.ts";

const ROWS_A_PAGE = 100;

/** The files that differ with their counts, and one page of the rows of the one that is looked at. */
export function differencesShown(
  differences: readonly FileDifferences[],
  asked: { readonly file?: unknown; readonly page?: unknown },
  address: string,
) {
  const shown = differences.find(({ file }) => file === asked.file) ?? differences[0] ?? null;
  const files = differences.map(({ rows: _rows, ...file }) => ({
    ...file,
    isShown: file.file === shown?.file,
    href: `${address}file=${file.file}`,
  }));
  const paged = pageOf(shown?.rows.length ?? 0, {
    page: pageAsked(asked.page),
    size: ROWS_A_PAGE,
    address: `${address}file=${shown?.file ?? ""}&`,
  });
  const total = shown === null ? 0 : shown.added + shown.changed + shown.removed;
  return {
    files,
    shown: shown && {
      file: shown.file,
      rows: shown.rows.slice(Math.max(0, paged.first - 1), paged.last).map(({ what, key, cells }) => ({
        what,
        name: key.map(([, cell]) => cell).join(", ") || "The whole file",
        cells,
      })),
      notShown: total - shown.rows.length,
    },
    paged,
  };
}
