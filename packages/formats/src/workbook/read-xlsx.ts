import type { TableSink } from "../reader.ts";
import { CellBudget } from "./cell-budget.ts";
import { workbookOf } from "./xlsx-parts.ts";
import { refuseCutOff } from "./cut-off.ts";
import { readSheet } from "./xlsx-sheet.ts";
import { stringsOf } from "./xlsx-strings.ts";
import { stylesOf } from "./xlsx-styles.ts";
import type { ZipArchive } from "./zip-archive.ts";

/**
 * Reads a workbook of the XLSX kind, in either dialect, sheet by sheet as it is unpacked: values as they were last worked
 * out. Macros are not run and links are not followed.
 */
export async function readXlsx(zip: ZipArchive, part: string, sink: TableSink): Promise<void> {
  const workbook = await workbookOf(zip, part);
  if (zip.names.some((name) => /(?:^|\/)vbaproject\.bin$/i.test(name))) {
    sink.warn("macros", "The workbook has macros. They were not run: its values are read as they were last saved.");
  }
  const budget = new CellBudget();
  let meaning: Parameters<typeof readSheet>[2] | null = null;
  for (const [place, { name, hidden, path }] of workbook.sheets.entries()) {
    const sheet = { name, hidden, place };
    if (!sink.wants(sheet)) continue;
    meaning ??= {
      strings: await stringsOf(zip, workbook.strings),
      kinds: await stylesOf(zip, workbook.styles),
      from1904: workbook.from1904,
      budget,
    };
    refuseCutOff(name, await readSheet(zip, path, meaning, sink));
    sink.sheetEnds(sheet);
  }
}
