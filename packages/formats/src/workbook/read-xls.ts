import { FileRejected } from "../problem.ts";
import type { TableReader } from "../reader.ts";
import { CellBudget } from "./cell-budget.ts";
import { CompoundFile } from "./compound-file.ts";
import { refuseCutOff } from "./cut-off.ts";
import { readXlsSheet } from "./xls-sheet.ts";
import { xlsWorkbookOf } from "./xls-workbook.ts";
import { encrypted } from "./zip-archive.ts";

/** Reads a workbook of Excel 97 to 2003 (BIFF8): values as they were last worked out. Macros are not run. */
export const readXls: TableReader = async (bytes, sink) => {
  const file = new CompoundFile(bytes);
  if (file.has("EncryptedPackage")) throw encrypted();
  const stream = file.stream("Workbook") ?? file.stream("Book");
  if (stream === null) {
    throw new FileRejected(
      "not-a-table",
      "This is an Office document without a workbook. Send a workbook or a CSV file.",
    );
  }
  const workbook = xlsWorkbookOf(stream);
  if (file.has("_VBA_PROJECT_CUR")) {
    sink.warn("macros", "The workbook has macros. They were not run: its values are read as they were last saved.");
  }
  const budget = new CellBudget();
  for (const [place, { name, hidden, start }] of workbook.sheets.entries()) {
    const sheet = { name, hidden, place };
    if (!sink.wants(sheet)) continue;
    refuseCutOff(name, readXlsSheet(stream, start, { workbook, budget, sink }));
    sink.sheetEnds(sheet);
  }
};
