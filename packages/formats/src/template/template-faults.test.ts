/* oxlint-disable unicorn/no-thenable -- "then" is a word in a template, and never a function */
import { expect, test } from "vitest";
import { parseTemplate } from "../template.ts";

const good = {
  name: "beds",
  title: "Beds",
  columns: { code: { headers: ["Code"] }, bands: { every: "^>" }, list: { headers: ["List"] } },
  period: { from: "label", label: "Period" },
  organisation: { from: "cell", column: "code" },
  metrics: [{ metric: "beds", value: { plus: ["list"] } }],
};

function faults(changes: object): string[] {
  const parsed = parseTemplate({ ...good, ...changes });
  return "faults" in parsed ? parsed.faults : [];
}

test.each<[string, object, string[]]>([
  ["what is missing", { title: undefined }, ["title: is missing"]],
  [
    "a key that was misspelt",
    { columns: { ...good.columns, code: { header: ["Code"] } } },
    [
      "columns.code.headers: is missing",
      'columns.code: has the key "header", which is not known here; is "headers" meant?',
    ],
  ],
  [
    "a key one letter off",
    { passover: [] },
    ['the template: has the key "passover", which is not known here; is "passOver" meant?'],
  ],
  [
    "a column that is not there",
    { passOver: [{ column: "cod", is: ["-"] }] },
    ['passOver[0].column: names the column cod, which "columns" does not have (it has code, bands, list)'],
  ],
  [
    "many columns in the place of one",
    { organisation: { from: "cell", column: "bands" } },
    ["organisation.column: names bands, which is many columns: they can be added up and nothing else"],
  ],
  [
    "a period without its parts",
    { period: { from: "filename", pattern: "\\d+" } },
    [
      "period.pattern: must name its parts: period; month and year; month and financialYear; or quarter and financialYear",
    ],
  ],
  [
    "a check of cells where rows are added up",
    { metrics: [{ ...good.metrics[0], over: "rows", checks: [{ check: "capped", matches: "x", then: "mark" }] }] },
    ["metrics[0].checks[0]: looks at one row's cells; a sum over rows can have a range alone"],
  ],
  ["a broken pattern", { endsAt: ["("] }, ["endsAt[0]: is no regular expression"]],
  [
    "two conditions in one filter",
    { keep: [{ column: "code", is: ["a"], matches: "b" }] },
    ["keep[0]: needs exactly one of is, matches and isNot"],
  ],
  [
    "half a ratio",
    { metrics: [{ metric: "beds", numerator: { plus: ["list"] } }] },
    ["metrics[0]: needs a value, or a numerator and a denominator, and not half of them"],
  ],
  [
    "a value where periods stand across",
    { period: { from: "headers" } },
    ["metrics[0].value: says which columns hold the value, but periods or metrics stand across: leave it out"],
  ],
  [
    "a share that is compared with nothing",
    {
      metrics: [
        {
          metric: "beds",
          value: { plus: ["list"] },
          checks: [{ check: "percent", column: "code", tolerance: 1, then: "mark" }],
        },
      ],
    },
    ["metrics[0].checks[0]: compares with numerator and denominator, which this metric does not give"],
  ],
])("a fault says where and what: %s", (_, changes, says) => {
  expect(faults(changes)).toEqual(says);
});

test("a good template has none", () => {
  expect(faults({})).toEqual([]);
});
