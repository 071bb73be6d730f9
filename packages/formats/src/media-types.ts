import { extname } from "node:path";

/**
 * The media types of files that can hold figures, by the ends of their names. Who reads a file, or why nobody
 * does, goes by its content.
 */
export const MEDIA_TYPES = {
  ".csv": "text/csv",
  ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  ".xlsm": "application/vnd.ms-excel.sheet.macroenabled.12",
  ".xlsb": "application/vnd.ms-excel.sheet.binary.macroenabled.12",
  ".xls": "application/vnd.ms-excel",
  ".ods": "application/vnd.oasis.opendocument.spreadsheet",
  ".zip": "application/zip",
} as const;

/** The media type that a file's name says; null where it says none of these. */
export function mediaTypeOf(filename: string): string | null {
  const end = extname(filename).toLowerCase();
  return Object.entries(MEDIA_TYPES).find(([known]) => known === end)?.[1] ?? null;
}
