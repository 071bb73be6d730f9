import { expect, test } from "vitest";
import type { ReadResult } from "../read-result.ts";
import type { Template } from "../template.ts";
import { reading } from "../testing.ts";
import { writtenWorkbook } from "../workbook/testing.ts";
import { problemsOf, quirkMetrics, read, templateOf, told } from "./fixture.ts";

const monthly = {
  columns: { code: { headers: ["Provider Code"] }, list: { headers: ["Total Waiting List"] } },
  ignore: ["Region", "Provider Name"],
  period: { from: "label", label: "Period" },
  organisation: { from: "cell", column: "code" },
  metrics: [{ metric: "list", value: { plus: ["list"] } }],
  passOver: [{ column: "code", is: ["", "-"] }],
};

test("quirk 1: a preamble with a metadata block and an empty first column; the header is found by content", async () => {
  const block = [
    "Title:,Monthly Waits",
    "Summary:,How long",
    "Period:,June 2025",
    "Source:,A return",
    "Basis:,Provider",
  ];
  const more = ["Published:,10th July 2025", "Revised:,", "Status:,Public", "Contact:,nobody"];
  const lines = [
    "",
    ...[...block, ...more].map((line) => `,${line}`),
    "",
    ",Region,Provider Code,Provider Name,Total Waiting List",
  ];
  const issued = [
    { from: "label", label: "Revised" },
    { from: "label", label: "Published" },
  ];
  for (const above of [0, 3]) {
    const found = await read(
      [...Array<string>(above).fill(""), ...lines, ',Y56,RXX,Northwick,"1,204"'],
      templateOf({ ...monthly, issued }),
    );
    expect(told(found)).toEqual(["2025-06 RXX list = 1204"]);
    expect(found).toMatchObject({ problems: [], issued: "2025-07-10" });
  }
});

test("quirk 3: totals, England and regions in any spelling are passed over; per-organisation totals are not summed twice", async () => {
  const template = templateOf({
    ...monthly,
    columns: { ...monthly.columns, test: { headers: ["Test"] }, name: { headers: ["Name"] } },
    period: { from: "filename", pattern: "(?<month>[a-z]+)-(?<year>\\d{4})" },
    passOver: [
      { column: "code", is: ["", "-", "ENG"] },
      { column: "name", matches: "^(england\\b.*|(grand )?total|.* region)$" },
    ],
    metrics: [{ metric: "list", value: { plus: ["list"] }, where: [{ column: "test", is: ["16"] }] }],
  });
  const lines = [
    "Provider Code,Name,Test,Total Waiting List",
    ",TOTAL,16,900",
    "-,England (Excluding Independent Sector),16,900",
    "ENG,ENGLAND,16,900",
    "Y56,London Commissioning Region,16,500",
    "RXX,Northwick,1,10",
    "RXX,Northwick,2,20",
    "RXX,Northwick,16,30",
    " grand TOTAL , Grand  Total ,16,900",
  ];
  const found = await read(lines, template, { filename: "Waits-June-2025.csv" });
  expect(told(found)).toEqual(["2025-06 RXX list = 30"]);
  expect(found).toMatchObject({ read: 1, problems: [] });
});

test("quirk 9: columns are added, renamed and out of order; unknown ones are reported, many of them at once", async () => {
  const template = templateOf({
    ...monthly,
    columns: {
      code: { headers: ["Provider Code", "Org Code"] },
      list: { headers: ["Total Waiting List"] },
      booked: { headers: ["Booked"], optional: true },
      over52: { every: "^>(5[2-9]|[6-9]\\d|10\\d)-|^104 plus$", optional: true },
    },
    ignore: ["Name", { pattern: "^>\\d+-\\d+$" }],
    period: { from: "filename", pattern: "(?<period>[a-z]+ \\d{4})" },
    metrics: [
      { metric: "list", value: { plus: ["list", "booked"] } },
      { metric: "long", value: { plus: ["over52"] } },
    ],
  });
  const filename = "June 2025.csv";
  const first = await read(["Org Code,Name,Total Waiting List", "RXX,Northwick,7"], template, { filename });
  expect(told(first)).toEqual(["2025-06 RXX list = 7"]);
  expect(first.problems).toMatchObject([{ code: "metric-not-in-file", value: "long", severity: "warning" }]);
  const later = "Total Waiting List,>0-1,Booked,>51-52,>52-53,>103-104,104 plus,Provider Code,Trolleys";
  const more = await read([later, "7,1,2,3,4,5,6,RXX,8"], template, { filename });
  expect(told(more)).toEqual(["2025-06 RXX list = 9", "2025-06 RXX long = 15"]);
  expect(more.problems).toMatchObject([{ row: 1, column: "Trolleys", code: "unknown-column", severity: "warning" }]);
  const many = await read([`${later},a,b,c,d,e,f,g,h,i,j,k`, `7,1,2,3,4,5,6,RXX,8${",1".repeat(11)}`], template, {
    filename,
  });
  expect(many.problems).toMatchObject(
    [{ code: "unknown-column", message: /12 columns; they are ignored: Trolleys, a, .* and 2 more/ }].map(
      ({ code, message }) => ({ code, message: expect.stringMatching(message) }),
    ),
  );
  const without = await read(["Org Code,Name", "RXX,Northwick"], template, { filename });
  expect(without.rejected).toMatchObject({
    code: "missing-columns",
    message: expect.stringContaining('"Total Waiting List"'),
  });
});

test("quirk 14: hidden sheets are not read unless the template says so, helper numbers outside the table do not matter", async () => {
  const rows = [
    ["Period", "June 2025"],
    [null, 3, 4, 5],
    ["Provider Code", "Total Waiting List", null, null],
    ["RXX", 5, null, "checked by J"],
  ];
  const sheets = [
    { name: "Raw", hidden: true, rows: [...rows.slice(0, 3), ["RXX", 6]] },
    { name: "Shown", rows },
  ];
  const shown = await read(sheets, templateOf(monthly));
  expect(told(shown)).toEqual(["2025-06 RXX list = 5"]);
  expect(shown.problems).toEqual([]);
  const raw = await read(sheets, templateOf({ ...monthly, sheets: { named: "^raw$", hidden: true } }));
  expect(told(raw)).toEqual(["2025-06 RXX list = 6"]);
  const none = await read(sheets.slice(0, 1), templateOf(monthly));
  expect(none.rejected?.code).toBe("missing-columns");
});

test("a row longer or shorter than its header is refused in CSV; a workbook's row ends with its last filled cell", async () => {
  const lines = [
    ",Period,June 2025",
    "Provider Code,Region,Total Waiting List",
    "RXX,Y56,1,204",
    "RYY,Y56",
    "RZZ,Y56,3",
  ];
  const csv = await read(lines, templateOf(monthly));
  expect(problemsOf(csv)).toEqual([
    [3, "too-many-cells"],
    [4, "too-few-cells"],
  ]);
  expect(csv).toMatchObject({ read: 3, refused: 2 });
  const rows = [
    ["Period", "June 2025"],
    ["Provider Code", "Region", "Total Waiting List"],
    ["RYY", "Y56"],
  ];
  expect(told(await read([{ name: "Waits", rows }], templateOf(monthly)))).toEqual(["2025-06 RYY list = (empty)"]);
});

test("quirk 14: hidden rows are read like others and said, or passed over where the template says so", async () => {
  const cells = (row: number, hidden: boolean, ...texts: string[]): string => {
    const inline = texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join("");
    return `<row r="${row}"${hidden ? ' hidden="1"' : ""}>${inline}</row>`;
  };
  const rows = [
    cells(1, false, "Period", "June 2025"),
    cells(2, false, "Provider Code", "Total Waiting List"),
    cells(3, true, "RXX", "5"),
    cells(4, false, "RYY", "6"),
  ];
  const bytes = writtenWorkbook({ sheets: [{ rows: rows.join("") }] });
  const of = (template: Template): Promise<ReadResult> =>
    reading(bytes, { template, metrics: quirkMetrics, now: "2025-07-10" });
  const all = await of(templateOf(monthly));
  expect(told(all)).toEqual(["2025-06 RXX list = 5", "2025-06 RYY list = 6"]);
  expect(all.problems).toMatchObject([
    { code: "hidden-rows", severity: "warning", message: expect.stringMatching(/^1 hidden/) },
  ]);
  const shown = await of(templateOf({ ...monthly, sheets: { rows: "shown" } }));
  expect(told(shown)).toEqual(["2025-06 RYY list = 6"]);
  expect(shown.problems).toEqual([]);
});

test("a column may hold the plan, another a remark; only rows that are kept are read", async () => {
  const template = templateOf({
    ...monthly,
    columns: {
      ...monthly.columns,
      plan: { headers: ["Plan"] },
      remark: { headers: ["Remark"] },
      level: { headers: ["Level"] },
    },
    keep: [
      { column: "level", is: ["provider"] },
      { column: "code", matches: "^R" },
    ],
    metrics: [{ metric: "cost", value: { plus: ["list"] }, plan: "plan", comment: "remark", scale: 1000 }],
  });
  const lines = [
    ",Period,June 2025",
    "Provider Code,Level,Total Waiting List,Plan,Remark",
    "RXX,Provider,1.5,2,dear",
    "RYY,provider,3,,",
    "RZZ,provider,3,soon,",
    "QE1,provider,9,9,",
    "RXX,icb,9,9,",
  ];
  const found = await read(lines, template);
  expect([...found.rows]).toMatchObject([
    { organisation: "RXX", value: 1500, plan: 2000, comment: "dear" },
    { organisation: "RYY", value: 3000, plan: null, comment: null },
  ]);
  expect(found.problems).toMatchObject([{ row: 5, column: "Plan", code: "not-money", value: "soon" }]);
  expect(found).toMatchObject({ read: 3, refused: 1 });
});
