import { expect, test } from "vitest";
import { leftOut } from "../../../../test/harness/left-out.ts";
import type { ReadResult } from "../read-result.ts";
import { byKey, plainly, published, publishedAreHere, readAsFound, WHOLE_FILES } from "./testing/as-published.ts";
import { asXls, type DrawnCell, percent, preamble, workbook } from "./testing/drawn-workbook.ts";

/** A CSV's cell as a spreadsheet program takes it in: numbers become numbers, 51.10% a share in a percent format. */
function taken(text: string): DrawnCell {
  const plain = text.trim();
  if (/^-?\d{1,3}(,\d{3})+$/.test(plain)) return Number(plain.replaceAll(",", ""));
  if (/^-?\d+(\.\d+)?%$/.test(plain)) return percent(Number((Number(plain.slice(0, -1)) / 100).toPrecision(15)));
  if (/^-?(0|[1-9]\d*)(\.\d+)?$/.test(plain)) return Number(plain);
  return text === "" ? null : text;
}

async function saved(bytes: Buffer, { name, hidden }: { name: string; hidden: boolean }): Promise<Buffer> {
  const rows = plainly(bytes);
  const header = Object.keys(rows[0] ?? {});
  const cells = [header, ...rows.map((row) => header.map((column) => taken(row[column] ?? "")))];
  // Over it stands what publishers put over their tables; a hidden sheet is a program's own and has nothing over it.
  const above = hidden ? [] : preamble({ Title: "Figures as published", Status: "Published" });
  const cover = { name: "Cover", rows: [["Figures as published"]] };
  return workbook(cover, { name, rows: [...above, ...cells], hidden });
}

test("ambulance indicators are read from the hidden sheet behind the tables that people see", async () => {
  const indicators = ["A7", "A8", "A25", "A26", "A31", "A32", "A34", "A37", "A140", "A145", "A146"];
  const shown = {
    name: "Response Times",
    rows: [
      ...preamble({ Title: "Ambulance Quality Indicators", Period: "March 2024" }),
      ["Code", "Service", "Category 2 mean"],
      ["QX8", "NORTHWICK AMBULANCE SERVICE", { number: 1768 / 86_400, as: "h:mm:ss" }],
    ],
  };
  const raw = {
    name: "Raw",
    hidden: true,
    rows: [
      ["year", "month", "region", "org_code", "org_name", ...indicators],
      ["2023-24", "MARCH", null, "ENG", "England", ...indicators.map(() => 9999)],
      ["2022-23", "JANUARY", "Y63", "QX8", "NORTHWICK AMBULANCE SERVICE", ...indicators.map((_, place) => 100 + place)],
    ],
  };
  const read = await readAsFound(await workbook(shown, raw), "AmbSYS to Mar 2024.xlsx");
  expect(read).toMatchObject({ rejected: null, read: 11, refused: 0 });
  expect(byKey(read).get("2023-01,QX8,amb-cat2-mean")).toMatchObject({ row: 3, value: 104 });
});

/** What was read, but for the number of the row. */
function figures({ rows }: ReadResult): unknown[] {
  return Array.from(rows, ({ row, ...rest }) => ({ ...rest, isBelow: row > 1 }));
}

const layouts = [
  ["rtt-incomplete-provider", "Incomplete-Provider-May24-XLSX-8M-revised.c999-cut", "Provider"],
  ["dm01-csv", "Monthly-Diagnostics-Web-File-Provider-April-2024_GG8WA", "Provider by Test"],
  ["mhsds-4ww", "MHSDS_Data_4WW_JunPerf_2024_v2.cut", "Data"],
  ["ambulance-ambsys", "AmbSYS_raw_sheet_2017-08_2024-03.cut", "Raw"],
] as const;

if (publishedAreHere) {
  test.each(layouts)(
    "a file of %s saved as a workbook gives what the CSV gives",
    async (folder, file, name) => {
      const { bytes, filename } = await published(`${folder}/${file}.csv`);
      const csv = await readAsFound(bytes, filename);
      expect(csv.rejected).toBeNull();
      const xlsx = await saved(bytes, { name, hidden: name === "Raw" });
      for (const [book, ending] of [
        [xlsx, "xlsx"],
        [asXls(xlsx), "xls"],
      ] as const) {
        const read = await readAsFound(book, filename.replace(/csv$/, ending));
        expect(read.rejected, ending).toBeNull();
        expect(figures(read), ending).toEqual(figures(csv));
        expect(read.problems.map(({ code }) => code)).toEqual(csv.problems.map(({ code }) => code));
      }
    },
    WHOLE_FILES,
  );
} else {
  leftOut("published CSV files saved as workbooks", "../shared/data is not here");
}
