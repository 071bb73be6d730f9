import { fonts, type Look } from "../marked-file/xlsx-look.ts";

const NARROWEST = 10;
const WIDEST = 40;

/** A list: its head in bold and kept in sight, columns as wide as their texts; texts stay texts even where they look like numbers. */
export function listLook(lengths: readonly number[]): Look {
  const widths = lengths.map((length) => Math.min(WIDEST, Math.max(NARROWEST, length + 2)));
  const cols = widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`);
  const pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>';
  return {
    styles: fonts('<font><b/><sz val="11"/><name val="Arial"/></font>', '<alignment wrapText="1" vertical="top"/>'),
    head:
      `<sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>` +
      (cols.length === 0 ? "" : `<cols>${cols.join("")}</cols>`),
    style: ({ row }) => (row === 1 ? 1 : 0),
    textsMayBeNumbers: false,
  };
}
