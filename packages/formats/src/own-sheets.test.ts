import { expect, test } from "vitest";
import { loadTemplates } from "./load-templates.ts";
import { type DrawnCell, workbook } from "./national/testing/drawn-workbook.ts";
import { quirkMetrics, told } from "./quirks/fixture.ts";
import type { ReadResult } from "./read-result.ts";
import { reading } from "./testing.ts";

async function find(file: string | Buffer): Promise<ReadResult> {
  const templates = [...(await loadTemplates()).values()];
  return reading(file, { templates, named: false, metrics: quirkMetrics, now: "2025-07-10" });
}

test("wide: one row an organisation and metric, months and quarters across", async () => {
  const lines = [
    "Our figures,,,,,",
    "Provider code,Provider name,Metric,Unit,Apr-25,May 2025,2025-06,Jul-25,Q1 2025/26",
    "RXX,Northwick,list,patients,10,11,,,",
    "RXX,Northwick,share,%,94.6%,n/a,95,,",
    "RXX,Northwick,beds,beds,,,,,57.5",
    "RYY,Southwick,List ,patients,1,2,3,,",
    "RYY,Southwick,no-such,patients,1,2,,,",
    "Total,,list,patients,11,13,,,",
  ];
  const found = await find(lines.join("\n"));
  expect(found.template).toBe("wide");
  expect(told(found)).toEqual([
    "2025-04 RXX list = 10",
    "2025-05 RXX list = 11",
    "2025-04 RXX share = 94.6",
    "2025-05 RXX share = (n/a)",
    "2025-06 RXX share = 95",
    "2025/26 Q1 RXX beds = 57.5",
  ]);
  expect(found.problems.map(({ row, column, code, value }) => [row, column, code, value])).toEqual([
    [6, "Metric", "unknown-metric", "List"],
    [7, "Metric", "unknown-metric", "no-such"],
  ]);
  expect(found).toMatchObject({ read: 11, refused: 5 });
});

test("one sheet an organisation: metrics down, periods across; other sheets are left alone", async () => {
  const sheet = (name: string, ...rows: DrawnCell[][]) => ({
    name,
    rows: [["Figures of", name], ["Metric", "Unit", "Apr-25", "May-25", "Jun-25"], ...rows],
  });
  const book = await workbook(
    { name: "How to fill in", rows: [["Put one sheet an organisation"]] },
    sheet("RXX", ["list", "patients", 10, 11, null], ["share", "%", 94.6, null, 95]),
    sheet("RYY", ["list", "patients", 1, "nil", "x"]),
  );
  const found = await find(book);
  expect(found.template).toBe("sheet-per-organisation");
  expect(told(found)).toEqual([
    "2025-04 RXX list = 10",
    "2025-05 RXX list = 11",
    "2025-04 RXX share = 94.6",
    "2025-06 RXX share = 95",
    "2025-04 RYY list = 1",
    "2025-05 RYY list = 0 [nil return]",
  ]);
  expect(found.problems).toMatchObject([
    { row: 3, column: "Jun-25", code: "not-a-number", message: expect.stringMatching(/^Sheet RYY: /) },
  ]);
});

test("one sheet an organisation: periods down, metrics across", async () => {
  const rows = [
    ["Month", "list", "share", "Comment"],
    ["Apr-25", 10, 94.6, "late"],
    ["May-25", 11, null, null],
    ["Aug-25", null, null, "to come"],
  ];
  const found = await find(await workbook({ name: "RXX", rows }, { name: "RYY", rows: rows.slice(0, 2) }));
  expect(found.template).toBe("sheet-per-organisation-by-month");
  expect(told(found)).toEqual([
    "2025-04 RXX list = 10",
    "2025-04 RXX share = 94.6",
    "2025-05 RXX list = 11",
    "2025-04 RYY list = 10",
    "2025-04 RYY share = 94.6",
  ]);
  expect(found.problems).toEqual([]);
});

test("a wide file without a period in its headers says so", async () => {
  const found = await find("Organisation,Metric,Spring\nRXX,list,1\n");
  expect(found.rejected?.message).toMatch(/wide comes nearest.*row 1 lacks a header that is a period/);
});
