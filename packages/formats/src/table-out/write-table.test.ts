import { parse } from "csv-parse/sync";
import { readXlsx } from "hucre";
import { describe, expect, test } from "vitest";
import type { TableFormat, TableOut } from "./table-out.ts";
import { tableBytes } from "./write-table.ts";

async function written(table: Partial<TableOut>, as: TableFormat): Promise<Buffer> {
  const whole = { name: "A table", columns: [{ key: "a", title: "A" }], rows: [], ...table };
  return Buffer.concat(await Array.fromAsync(tableBytes(whole, as)));
}

const oneCell = (a: string) => ({ rows: [{ a }] });

const csv = async (table: Partial<TableOut>) =>
  parse(await written(table, "csv"), { bom: true, relaxColumnCount: false });

async function sheet(table: Partial<TableOut>) {
  const workbook = await readXlsx(await written(table, "xlsx"));
  return workbook.sheets[0];
}

describe("a cell that a spreadsheet program would run", () => {
  test.each([
    ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
    ["+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"],
    ["-2+3", "'-2+3"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    ["\r=1", "'\r=1"],
    ["\n=1", "'\n=1"],
    ["＝1+1", "'＝1+1"],
    ["\0=1", "\ufffd=1"],
    ["-2.5", "-2.5"],
    ["+44", "+44"],
    ['say "yes", twice', 'say "yes", twice'],
    ["a\u202egnp.exe", "a\u202egnp.exe"],
    ["half \ud800 a pair", "half \ufffd a pair"],
  ])("leaves as CSV: %j as %j", async (cell, shown) => {
    expect(await csv(oneCell(cell))).toEqual([["A"], [shown]]);
  });

  test.each([
    ["=HYPERLINK(1)", "=HYPERLINK(1)"],
    ["@SUM(A1)", "@SUM(A1)"],
    ["-2+3", "-2+3"],
    ["\t=1", "\t=1"],
    ["007", "007"],
    ["-2.5", "-2.5"],
    ["nul \0", "nul \ufffd"],
    ["half \ud800 a pair", "half \ufffd a pair"],
    ["x".repeat(40_000), "x".repeat(32_767)],
    ['<c> & "b" ]]>', '<c> & "b" ]]>'],
  ])("is a text and no formula in a workbook: %j", async (cell, shown) => {
    const seen = await sheet(oneCell(cell));
    expect(seen?.rows[1]?.[0]).toBe(shown);
    expect([...(seen?.cells?.values() ?? [])].filter(({ formula }) => formula !== undefined)).toEqual([]);
  });
});

test("a heading is made harmless as a cell is", async () => {
  const columns = [{ key: "a", title: "=1" }];
  expect(await csv({ columns })).toEqual([["'=1"]]);
  expect((await sheet({ columns }))?.rows[0]).toEqual(["=1"]);
});

describe("numbers, truth and nothing", () => {
  const columns = ["n", "b", "t", "x"].map((key) => ({ key, title: key.toUpperCase() }));
  const rows = [
    { n: 0.1 + 0.2, b: true, t: "12", x: null, secret: "stays" },
    { n: Number.NaN, b: false, t: "" },
    { n: -1e-7, b: false, t: "2024-03-31", x: "end" },
  ];

  test("a workbook has numbers as numbers, and texts that look like some as texts", async () => {
    expect((await sheet({ columns, rows }))?.rows).toEqual([
      ["N", "B", "T", "X"],
      [0.30000000000000004, "yes", "12", null],
      [null, "no", null, null],
      [-1e-7, "no", "2024-03-31", "end"],
    ]);
  });

  test("CSV has them in as many digits as they have", async () => {
    expect(await csv({ columns, rows })).toEqual([
      ["N", "B", "T", "X"],
      ["0.30000000000000004", "yes", "12", ""],
      ["", "no", "", ""],
      ["-1e-7", "no", "2024-03-31", "end"],
    ]);
  });

  test("JSON has the table's name, its columns, and of each row these columns alone", async () => {
    expect(JSON.parse((await written({ columns, rows }, "json")).toString())).toEqual({
      name: "A table",
      columns,
      items: [
        { n: 0.30000000000000004, b: true, t: "12", x: null },
        { n: null, b: false, t: "", x: null },
        { n: -1e-7, b: false, t: "2024-03-31", x: "end" },
      ],
    });
  });
});

test("a workbook's sheet has a name that may be, its head stays in sight, and a column is as wide as its texts", async () => {
  const columns = [
    { key: "a", title: "A" },
    { key: "b", title: "B" },
  ];
  const bytes = await written({ name: "Cases: [all]/now", columns, rows: [{ a: "x".repeat(30), b: "" }] }, "xlsx");
  const workbook = await readXlsx(bytes, { readStyles: true });
  expect(workbook.sheets[0]?.name).toBe("Cases   all  now");
  expect(workbook.sheets[0]?.freezePane).toMatchObject({ rows: 1 });
  expect(workbook.sheets[0]?.columns?.map(({ width }) => width)).toEqual([32, 10]);
});

test("an empty table is a file with its heads", async () => {
  expect((await written({}, "csv")).toString()).toBe("\ufeffA\r\n");
  expect((await sheet({}))?.rows).toEqual([["A"]]);
  expect(JSON.parse((await written({}, "json")).toString())).toMatchObject({ items: [] });
});

test.each(["csv", "xlsx", "json"] as const)(
  "rows are read as the file is, and no further than it is, as %s",
  async (as) => {
    let read = 0;
    let closed = false;
    async function* rows() {
      try {
        for (; read < 200_000; read++) yield { a: `row ${read}` };
      } finally {
        closed = true;
      }
    }
    for await (const piece of tableBytes({ name: "Many", columns: [{ key: "a", title: "A" }], rows: rows() }, as)) {
      expect(piece.length).toBeGreaterThan(0);
      if (read > 1000) break;
    }
    expect(read).toBeLessThan(50_000);
    expect(closed).toBe(true);
  },
);

test.each(["csv", "xlsx", "json"] as const)("a fault while rows are read breaks the file off, as %s", async (as) => {
  async function* rows() {
    yield { a: "one" };
    throw new Error("the database went away");
  }
  await expect(written({ rows: rows() }, as)).rejects.toThrow("the database went away");
});
