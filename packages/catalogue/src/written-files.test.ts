import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { join } from "node:path";
import type { Catalogue } from "./catalogue.ts";
import { filesInMemory } from "./catalogue-files.ts";
import { findDifferences } from "./differences.ts";
import { readCatalogue, readCatalogueFiles } from "./read-catalogue.ts";
import { rowsAt } from "./rows-at.ts";
import { type Files, good, readWith, withRows } from "./testing.ts";
import { csvRow, escaped, numberCell, unescaped, valueCell } from "./written-cells.ts";
import { writeCatalogue } from "./written-files.ts";

const DEMO = join(import.meta.dirname, "../../../seeds/demo/catalogue");

/** A catalogue that uses every file, every unit and every optional column. */
const rich: Files = {
  ...withRows(
    "plans.csv",
    "wait,NW,2024-01,0:30:00",
    "cqc,NW,2023/24 Q4,G",
    "safe,NW,2024-01,Yes",
    "spend,NW,2024-01,£3.242m",
  ),
  ...withRows(
    "thresholds.csv",
    "wait,NW,,value,0:30:00,1:00:00,2023-04,2024-03,draft,,",
    'wait,,provider,variance,-0:05:00,300,2023-04,,approved,,"two\nlines, and ""a quote"""',
    "cqc,,,value,G,A,2024-01,,approved,,",
  ),
  "series.csv": "metric,organisation,owner,author,contract,commissioner\nae-4h,NW,o@example.org,,C 1,ICB\n",
  "targets.csv": "metric,organisation,value,from,to,source\nae-4h,,95,2010-06,,constitution\n",
  "comparators.csv": "metric,name,period,value\nae-4h,South East,2024-01,71.5\ncqc,England,2023/24 Q4,G\n",
  "successors.csv": "organisation,successor,from\nNW1,NW,2024-04\n",
  "parents.csv": "organisation,parent,from,to\nNW1,NW,,2020-03\n",
  "metrics.csv": String(good["metrics.csv"])
    .replace(
      "decimals\n",
      "decimals,definition_changes,accumulates,minimum_change,due_working_day,urgent,plausible_from,plausible_to,plausible_jump,zero_after,implausible\n",
    )
    .replace(
      "percent,,higher,monthly,ratio,1",
      "percent,,higher,monthly,ratio,1,2021-04;2023-04,,0.05,7,yes,0,100,4.5,,keep-out",
    )
    .replace("quarterly,none,", "quarterly,none,0,2021/22 Q1"),
};

async function read(files: Files): Promise<Catalogue> {
  const { catalogue, problems } = await readWith(files);
  expect(problems).toEqual([]);
  return catalogue ?? expect.fail("no catalogue");
}

const again = (catalogue: Catalogue) => readCatalogueFiles(filesInMemory(writeCatalogue(catalogue)));
const side = (catalogue: Catalogue) => ({
  rows: catalogue,
  metrics: catalogue.metrics,
  protocol: catalogue.protocol,
});

describe("a catalogue that is written", () => {
  test.each<[string, Files]>([
    ["small", {}],
    ["with every file, unit and column", rich],
    [
      "with texts that look like formulas",
      withRows("forums.csv", "=1+1,=HYPERLINK(1),board,slt", "'@x,'=quoted already,board,slt", "-5,-5,board,slt"),
    ],
  ])("is read again as it was: %s", async (_, files) => {
    const catalogue = await read(files);
    expect(await again(catalogue)).toEqual({ catalogue, problems: [] });
  });

  test("is read again as it was: the demo's", async () => {
    const { catalogue, problems } = await readCatalogue(DEMO);
    expect(problems).toEqual([]);
    if (catalogue !== null) expect(await again(catalogue)).toEqual({ catalogue, problems: [] });
  });

  test("holds no formula", async () => {
    const catalogue = await read(withRows("forums.csv", "x,=cmd|' /C calc'!A0,board,slt"));
    expect(String(writeCatalogue(catalogue).get("forums.csv"))).toContain("x,'=cmd|' /C calc'!A0,board,slt\r\n");
  });
});

test("an apostrophe that keeps a text from being a formula is taken away again, and no other is", () => {
  const texts = fc.string({ unit: fc.constantFrom("'", "=", "-", "+", "1", "a", ".", ",", '"', "\n") });
  fc.assert(
    fc.property(texts, (text) => {
      expect(unescaped(escaped(text))).toBe(text);
      expect(csvRow([text])).not.toMatch(/^"?[=+-](?![\d.]*"?\r\n)/);
    }),
  );
});

test("a number is written to its last digit and without an exponent", () => {
  expect([1e21, 1.5e-7, -2.5e-9, 1e-7, 12.25, -3].map(numberCell)).toEqual([
    "1000000000000000000000",
    "0.00000015",
    "-0.0000000025",
    "0.0000001",
    "12.25",
    "-3",
  ]);
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(Number(numberCell(value))).toBe(value === 0 ? 0 : value);
      expect(numberCell(value)).not.toContain("e");
    }),
  );
});

test("a value is written as its unit is", () => {
  const grades = { unit: "ordinal", scale: ["P", "A"] } as const;
  expect([0, 1, 0.5].map((value) => valueCell(value, grades))).toEqual(["P", "A", "0.5"]);
  expect([1800, 90.5, -60].map((value) => valueCell(value, { unit: "duration", scale: [] }))).toEqual([
    "0:30:00",
    "90.5",
    "-60",
  ]);
});

describe("differences", () => {
  test("of a catalogue from itself are none", async () => {
    const catalogue = await read(rich);
    expect(findDifferences(side(catalogue), side(await read(rich)), 10)).toEqual([]);
  });

  test("say each cell before and after, in the file's own shape, changed before added before removed", async () => {
    const before = await read({});
    const after = await read({
      ...withRows("people.csv", "new@example.org,New,member,uec,"),
      "plans.csv": "metric,organisation,period,value\nae-4h,NW,2024-01,81\n",
      "protocol.json": '{ "stepDownAfter": 3, "missing": { "boardAfter": 2 } }',
      "forums.csv": "code,name,tier,parent\nslt,System Leadership Team,slt,\nuec,Urgent Care Board,board,\n",
    });
    expect(findDifferences(side(before), side(after), 10)).toMatchObject([
      {
        file: "forums.csv",
        changed: 1,
        rows: [{ what: "changed", key: [["code", "uec"]], cells: [{ column: "parent", before: "slt", after: "" }] }],
      },
      {
        file: "people.csv",
        added: 1,
        rows: [
          {
            what: "added",
            key: [
              ["email", "new@example.org"],
              ["role", "member"],
              ["forum", "uec"],
            ],
            cells: [{ column: "name", before: null, after: "New" }],
          },
        ],
      },
      {
        file: "plans.csv",
        changed: 1,
        rows: [
          {
            key: [
              ["metric", "ae-4h"],
              ["organisation", "NW"],
              ["period", "2024-01"],
            ],
            cells: [{ column: "value", before: "80.5", after: "81" }],
          },
        ],
      },
      {
        file: "protocol.json",
        changed: 1,
        rows: [
          {
            what: "changed",
            cells: [
              { column: "stepDownAfter", before: "2", after: "3" },
              { column: "missing.boardAfter", before: "", after: "2" },
            ],
          },
        ],
      },
    ]);
  });

  test("count all rows and show as many as are asked for", async () => {
    const [before, after] = [await read({}), await read({ "plans.csv": "metric,organisation,period,value\n" })];
    expect(findDifferences(side(before), side(after), 0)).toEqual([
      { file: "plans.csv", added: 0, changed: 0, removed: 1, rows: [] },
    ]);
  });
});

test("rows are found by the lines they begin at, with a cell that has a line break", async () => {
  const text = 'Code, name\r\na,"two\nlines"\r\n\r\nb,B\r\nc,C,more\r\n';
  const files = filesInMemory(new Map([["x.csv", Buffer.from(text)]]));
  const pieces = (await files("x.csv")) ?? expect.fail("no file");
  expect(await rowsAt(pieces, new Set([2, 6]))).toEqual(
    new Map([
      [
        2,
        [
          ["code", "a"],
          ["name", "two\nlines"],
        ],
      ],
      [
        6,
        [
          ["code", "c"],
          ["name", "C"],
          ["", "more"],
        ],
      ],
    ]),
  );
});
