/* oxlint-disable unicorn/no-thenable -- "then" is a word in a template, and never a function */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { workbook } from "../national/testing/drawn-workbook.ts";
import { quirkMetrics, templateOf } from "../quirks/fixture.ts";
import type { ReadResult } from "../read-result.ts";
import type { Template } from "../template.ts";
import { reading } from "../testing.ts";

const columns = {
  code: { headers: ["Code"] },
  name: { headers: ["Name"] },
  kind: { headers: ["Kind"] },
  list: { headers: ["List"] },
  done: { headers: ["Done"] },
};
const organisation = { from: "cell", column: "code", name: "name" };
const rest = {
  columns,
  organisation,
  passOver: [{ column: "code", is: ["Total"] }],
  means: { "-": "zero", "": "skip" },
};
const notes = [
  {
    sheets: "^Notes$",
    lists: [
      { heading: "did not submit", means: "missing" },
      { heading: "estimated", means: "estimated" },
    ],
  },
];
const summed = templateOf({
  ...rest,
  notes,
  sheets: { named: "^Data" },
  period: { from: "label", label: "Period" },
  metrics: [
    { metric: "list", value: { plus: ["list", "done"] }, over: "rows" },
    { metric: "share", numerator: { plus: ["list"], minus: ["done"] }, denominator: { plus: ["list"] }, over: "rows" },
    {
      metric: "long",
      value: { plus: ["done"] },
      where: [{ column: "kind", is: ["a"] }],
      checks: [{ check: "range", from: 0, to: 50, then: "keep-out" }],
    },
  ],
  totals: [{ total: [{ column: "kind", is: ["b"] }], by: "code", columns: ["done"], then: "mark" }],
});
const across = templateOf({
  columns: { code: columns.code, kind: columns.kind },
  organisation: { from: "cell", column: "code" },
  period: { from: "headers" },
  metrics: { from: "cell", column: "kind", codes: { a: "list", b: "share" } },
});

const cell = fc.oneof(
  fc.constantFrom(
    "RXX",
    "RYY",
    "Total",
    "a",
    "b",
    "12",
    "1,204",
    "0.5",
    "-",
    "*",
    "",
    "nil",
    "#REF!",
    "x",
    "999",
    "94%",
    "100%*",
  ),
  fc.string({ maxLength: 4 }),
);
const rows = fc.array(fc.array(cell, { maxLength: 7 }), { maxLength: 12 });

function expectCounted(read: ReadResult): void {
  expect(read.rows.length + read.unchanged + read.refused).toBe(read.read);
  expect(read.rejected === null).toBe(read.rows.length > 0);
  const told = read.problems.filter(({ severity }) => severity === "error").length;
  if (read.refused > 0) expect(told).toBeGreaterThan(0);
}

const readSheets = async (template: Template, sheets: Parameters<typeof workbook>): Promise<ReadResult> =>
  reading(await workbook(...sheets), { template, metrics: quirkMetrics, now: "2025-07-10" });

test("whatever cells a table and its notes hold, each canonical row counts, is unchanged or is refused with a problem", async () => {
  await fc.assert(
    fc.asyncProperty(rows, rows, fc.boolean(), async (data, noted, notesFirst) => {
      const table = {
        name: "Data",
        rows: [["Period", "June 2025"], ["Code", "Name", "Kind", "List", "Done"], ...data],
      };
      const sheet = {
        name: "Notes",
        rows: [["The following did not submit"], ...noted, ["These are estimated"], ["RXX"]],
      };
      expectCounted(await readSheets(summed, notesFirst ? [sheet, table] : [table, sheet]));
    }),
    { numRuns: 150 },
  );
}, 60_000);

test("and so where periods stand across", async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (data) => {
      const header = ["Code", "Kind", "Apr-25", "May-25", "Q1 2025/26", "Aug-25"];
      expectCounted(await readSheets(across, [{ name: "Data", rows: [header, ...data] }]));
    }),
    { numRuns: 150 },
  );
}, 60_000);
