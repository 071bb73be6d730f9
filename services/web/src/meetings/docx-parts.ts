import { HeadingLevel, Paragraph, Table, TableCell, TableLayoutType, TableRow, TextRun, WidthType } from "docx";

/** The width between the margins of A4 on its side, in twentieths of a point. */
const TEXT_WIDTH = 16_838 - 2 * 1134;
const LONGEST = 4000;
/** A row is not torn, so that it must fit on a page. */
const LONGEST_CELL = 1500;

/** Text as XML can hold it: no control characters, no half of a character, and no more than a reader reads. */
export function plainText(text: string, most = LONGEST): string {
  const plain = text
    .toWellFormed()
    // What XML 1.0 has no way to write.
    .replace(/[\p{Cc}\uFFFE\uFFFF]+/gu, " ")
    .trim();
  return plain.length > most ? `${plain.slice(0, most - 1).toWellFormed()}…` : plain;
}

/** A table as wide as the page: its first row is a heading on each page, and no row is torn. `widths` are parts of the whole. */
export function tableOf({
  headings,
  widths,
  rows,
}: {
  headings: readonly string[];
  widths: readonly number[];
  rows: readonly (readonly string[])[];
}): Table {
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const columnWidths = widths.map((width) => Math.floor((TEXT_WIDTH * width) / whole));
  const row = (cells: readonly string[], isHeading: boolean) =>
    new TableRow({
      tableHeader: isHeading,
      cantSplit: true,
      children: cells.map(
        (text, place) =>
          new TableCell({
            width: { size: columnWidths[place] ?? 0, type: WidthType.DXA },
            margins: { top: 60, bottom: 60, left: 80, right: 80 },
            ...(isHeading ? { shading: { fill: "E8EDEE" } } : {}),
            children: [
              new Paragraph({
                spacing: { after: 0 },
                children: [new TextRun({ text: plainText(text, LONGEST_CELL), bold: isHeading, size: 18 })],
              }),
            ],
          }),
      ),
    });
  return new Table({
    width: { size: columnWidths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    columnWidths,
    rows: [row(headings, true), ...rows.map((cells) => row(cells, false))],
  });
}

/** A real heading: of the second level unless another is given. */
export const heading = (
  text: string,
  level: (typeof HeadingLevel)[keyof typeof HeadingLevel] = HeadingLevel.HEADING_2,
) => new Paragraph({ text: plainText(text), heading: level });

/** A paragraph of plain words. */
export const paragraph = (text: string) => new Paragraph({ text: plainText(text) });
