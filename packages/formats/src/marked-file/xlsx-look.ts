/** How a sheet looks: the workbook's styles, what stands before its rows, and which style a cell has (0: plain, 1: the other). */
export interface Look {
  readonly styles: string;
  readonly head: string;
  style(cell: { readonly place: number; readonly row: number }): number;
  /** Whether a text that is a plain number is written as a number. */
  readonly textsMayBeNumbers: boolean;
}

export const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
export const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** The styles of a workbook with one other style beside the plain one. */
export function fonts(other: string, alignment: string): string {
  return `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Arial"/></font>${other}</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">${alignment}</xf></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
}

/** A file with what is wrong in it: that stands in a wide first column that wraps, in red. */
export const MARKED_LOOK: Look = {
  styles: fonts(
    '<font><sz val="11"/><color rgb="FFB10E1E"/><name val="Arial"/></font>',
    '<alignment wrapText="1" vertical="top"/>',
  ),
  head: '<cols><col min="1" max="1" width="60" customWidth="1"/></cols>',
  style: ({ place }) => (place === 0 ? 1 : 0),
  textsMayBeNumbers: true,
};
