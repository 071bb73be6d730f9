import { formatPeriod } from "@signalbox/domain";
import { describe, expect, test } from "vitest";
import type { ReadResult } from "./read-result.ts";
import { parseTemplate, type Template } from "./template.ts";
import { reading } from "./testing.ts";

const layout = {
  name: "beds-of-the-month",
  title: "Beds, by month",
  columns: {
    code: { headers: ["Provider Code", "Code"] },
    share: { headers: ["% within"] },
    waits: { headers: ["Waits"], optional: true },
  },
  period: { from: "heading", pattern: "^Period:? (?<period>.+)$" },
  organisation: { from: "cell", column: "code", codes: { OLD1: "NEW1" } },
  metrics: [
    { metric: "ae-4h", value: { plus: ["share"] }, fractions: true },
    { metric: "ae-12h", value: { plus: ["waits"] } },
  ],
  passOver: [{ column: "code", is: ["-", ""] }],
  endsAt: ["^Notes?\\b"],
  issued: [
    { from: "heading", pattern: "^Revised:? (?<day>\\d+)(st|nd|rd|th)? (?<month>[a-z]+) (?<year>\\d{4})" },
    { from: "heading", pattern: "^Published:? (?<day>\\d+)(st|nd|rd|th)? (?<month>[a-z]+) (?<year>\\d{4})" },
  ],
};

function template(changes: object = {}): Template {
  const parsed = parseTemplate({ ...layout, ...changes });
  if ("faults" in parsed) throw new Error(parsed.faults.join("\n"));
  return parsed.template;
}

const lines = [
  ",Title,Beds",
  ",Period,March 2024",
  ",Published,11th April 2024",
  ",Revised,",
  "",
  ',Provider Code,"% \nwithin ",Waits',
  ",-,0.9,50",
  ',OLD1,0.29,"1,200"',
  ",RXX,94.6%,-",
  ",,* few,",
  ",RYY,0.5,",
  "Note: estimated for RZZ,,,",
  ",RZZ,0.1,1",
];
const read = (changes: object = {}, filename = "beds.csv"): Promise<ReadResult> =>
  reading(lines.join("\n"), { template: template(changes), filename });

describe("a template", () => {
  test("finds the header by content, the period and the issue date in headings, and stops at the notes", async () => {
    const found = await read();
    expect(found).toMatchObject({ rejected: null, problems: [], read: 6, issued: "2024-04-11" });
    expect(Array.from(found.rows, ({ row, organisation, value }) => [row, organisation, value])).toEqual([
      [8, "NEW1", 29],
      [8, "NEW1", 1200],
      [9, "RXX", 94.6],
      [9, "RXX", null],
      [11, "RYY", 50],
      [11, "RYY", null],
    ]);
    expect(formatPeriod(found.rows.at(0).period, "monthly")).toBe("2024-03");
    expect(Array.from(found.rows, ({ noValue }) => noValue).filter(Boolean)).toEqual(["-", "empty"]);
  });

  test("that says fractions is believed", async () => {
    const file = "Period March 2024\nCode,% within\nRXX,0.008\n";
    expect(await reading(file, { template: template(), lowestGoals: new Map([["ae-4h", 76]]) })).toMatchObject({
      rejected: null,
      refused: 0,
    });
  });

  test("whose shares are marked as percent takes them as points, however small", async () => {
    const metrics = [{ metric: "ae-4h", value: { plus: ["share"] } }];
    const file = "Period March 2024\nCode,% within\nRXX,0.70%\n";
    const found = await reading(file, { template: template({ metrics }), lowestGoals: new Map([["ae-4h", 76]]) });
    expect(found.rows.at(0).value).toBe(0.7);
    const bare = await reading(file.replace("0.70%", "0.007"), {
      template: template({ metrics }),
      lowestGoals: new Map([["ae-4h", 76]]),
    });
    expect(bare).toMatchObject({ rejected: { code: "no-usable-row" }, refused: 1 });
  });

  test("refuses a row that is longer than its header, or too short for its columns", async () => {
    const file = "Period March 2024\nCode,% within,Waits\nRXX,0.5,1,200\nRYY,0.5\nRZZ,0.5,3\n";
    const found = await reading(file, { template: template() });
    expect(found).toMatchObject({ read: 6, refused: 4 });
    expect(found.problems.map(({ row, code }) => [row, code])).toEqual([
      [3, "too-many-cells"],
      [4, "too-few-cells"],
    ]);
  });

  test("says what a dash and an empty cell mean", async () => {
    const found = await read({ means: { "-": "zero", "": "zero" } });
    expect([found.rows.at(3).value, found.rows.at(5).value]).toEqual([0, 0]);
  });

  test("takes the period from the file's name, or the file is rejected", async () => {
    const period = { from: "filename", pattern: "(?<month>[a-z]{3})(?<year>\\d\\d)" };
    const found = await read({ period }, "Beds-Feb24-CSV (1).csv");
    expect(formatPeriod(found.rows.at(0).period, "monthly")).toBe("2024-02");
    expect(await read({ period }, "beds.csv")).toMatchObject({ rejected: { code: "no-period" } });
  });

  test("that is named and does not fit says what the likeliest row lacks and has, or that commas are missing", async () => {
    const lacking = await reading("Period March 2024\nCode,Share\nRXX,1\n", { template: template() });
    expect(lacking.rejected).toEqual({
      code: "missing-columns",
      message: 'The header in row 2 lacks "% within". It has: Code, Share.',
    });
    const semicolons = await reading("Code;% within;Waits\nRXX;1;2\n", { template: template() });
    expect(semicolons.rejected?.code).toBe("wrong-separator");
  });

  test("takes away columns, and refuses what would be less than nothing", async () => {
    const metrics = [
      { metric: "ae-4h", numerator: { plus: ["share"], minus: ["waits"] }, denominator: { plus: ["waits"] } },
    ];
    const found = await read({ metrics, means: { "-": "zero" } });
    expect(found.problems.map(({ row, code }) => [row, code])).toContainEqual([8, "negative-count"]);
  });

  test("leaves out a metric that the catalogue lacks, and is of no use where it lacks all", async () => {
    const unknown = { metric: "no-such", value: { plus: ["waits"] } };
    const found = await read({ metrics: [layout.metrics[0], unknown] });
    expect(found.problems).toMatchObject([
      { row: null, code: "unknown-metric", value: "no-such", severity: "warning" },
    ]);
    expect(found.read).toBe(3);
    expect(await read({ metrics: [unknown] })).toMatchObject({ rejected: { code: "unknown-metric" } });
  });

  test.each([
    [
      "a column that is not there",
      { organisation: { from: "cell", column: "trust" } },
      'organisation.column: names the column trust, which "columns" does not have',
    ],
    [
      "a sum of such a column",
      { metrics: [{ metric: "x", value: { plus: ["y"] } }] },
      "metrics[0].value: names the column y",
    ],
    ["half a ratio", { metrics: [{ metric: "x", numerator: { plus: ["waits"] } }] }, "metrics[0]: needs a value, or"],
    ["a broken pattern", { endsAt: ["("] }, "endsAt[0]: is no regular expression"],
    [
      "a period without parts",
      { period: { from: "filename", pattern: "x" } },
      "period.pattern: must name its parts: period; month and year;",
    ],
    [
      "a date without parts",
      { issued: [{ from: "filename", pattern: "x" }] },
      "issued[0].pattern: must name day, month and year",
    ],
    ["a key that nobody knows", { sheet: 2 }, 'the template: has the key "sheet", which is not known here'],
  ])("that names %s is refused, with the place", (_, changes, says) => {
    const parsed = parseTemplate({ ...layout, ...changes });
    expect("faults" in parsed && parsed.faults.join("\n")).toContain(says);
  });
});
