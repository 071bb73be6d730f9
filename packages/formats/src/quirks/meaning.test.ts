/* oxlint-disable unicorn/no-thenable -- "then" is a word in a template, and never a function */
import { describe, expect, test } from "vitest";
import { problemsOf, read, templateOf, told } from "./fixture.ts";

const base = {
  columns: { code: { headers: ["Code"] }, list: { headers: ["List"] }, done: { headers: ["Done"], optional: true } },
  period: { from: "filename", pattern: "(?<period>[a-z]+ \\d{4})" },
  organisation: { from: "cell", column: "code" },
  metrics: [{ metric: "list", value: { plus: ["list"] } }],
};
const filename = "June 2025.csv";

describe("quirk 4: missing, zero and not applicable", () => {
  test("what a dash means is said by the template, and by a metric of it", async () => {
    const lines = ["Code,List,Done", "RXX,-,–", "RYY,*,", "RZZ,NULL,1"];
    const metrics = [
      { metric: "list", value: { plus: ["list"] } },
      { metric: "long", value: { plus: ["done"] }, means: { "-": "no-value" } },
    ];
    const found = await read(lines, templateOf({ ...base, metrics, means: { "-": "zero", null: "zero" } }), {
      filename,
    });
    expect(told(found)).toEqual([
      "2025-06 RXX list = 0",
      "2025-06 RXX long = (–)",
      "2025-06 RYY list = (suppressed)",
      "2025-06 RYY long = (empty)",
      "2025-06 RZZ list = 0",
      "2025-06 RZZ long = 1",
    ]);
    const unsaid = await read(lines, templateOf(base), { filename });
    expect(told(unsaid)).toEqual(["2025-06 RXX list = (-)", "2025-06 RYY list = (suppressed)"]);
    expect(problemsOf(unsaid)).toEqual([[4, "not-a-number"]]);
  });

  test("a cell that is skipped counts for nothing in a sum, and all of them make no value", async () => {
    const metrics = [{ metric: "list", value: { plus: ["list", "done"] } }];
    const template = templateOf({ ...base, metrics, means: { "": "skip" }, ignore: ["Region"] });
    const found = await read(["Code,List,Done,Region", "RXX,1,,Y56", "RYY,,,Y56"], template, { filename });
    expect(told(found)).toEqual(["2025-06 RXX list = 1", "2025-06 RYY list = (empty)"]);
    expect(problemsOf(found)).toEqual([]);
  });

  test("a count of 0 that means it was not reported is kept out, or counts with a mark", async () => {
    const all = [
      { column: "list", atLeast: 1000 },
      { column: "done", equals: 0 },
    ];
    const metrics = (then: string) => [
      {
        metric: "share",
        numerator: { plus: ["list"], minus: ["done"] },
        denominator: { plus: ["list"] },
        checks: [{ check: "suspect", all, says: "They were not reported.", then }],
      },
    ];
    const lines = ["Code,List,Done", "RXX,1000,0", "RYY,999,0"];
    const out = await read(lines, templateOf({ ...base, metrics: metrics("keep-out") }), { filename });
    expect(told(out)).toEqual(["2025-06 RXX share = (suspect)", "2025-06 RYY share = 100"]);
    expect(out.problems).toMatchObject([{ row: 2, column: "Done", code: "suspect", value: "0", severity: "warning" }]);
    expect([...out.rows][0]).toMatchObject({ numerator: null, denominator: null });
    const marked = await read(lines, templateOf({ ...base, metrics: metrics("mark") }), { filename });
    expect(told(marked)).toEqual(["2025-06 RXX share = 100 [implausible]", "2025-06 RYY share = 100"]);
  });

  test("a share that is cut off for show at 100%* is kept out, or counts with a mark", async () => {
    const metrics = (then: string) => [
      {
        metric: "share",
        value: { plus: ["list"] },
        fractions: true,
        checks: [{ check: "capped", matches: "^100%\\*$", then }],
      },
    ];
    const lines = ["Code,List", "RXX,100%*", "RYY,0.97"];
    const out = await read(lines, templateOf({ ...base, metrics: metrics("keep-out") }), { filename });
    expect(told(out)).toEqual(["2025-06 RXX share = (suspect)", "2025-06 RYY share = 97"]);
    expect(out.problems).toMatchObject([{ row: 2, column: "List", code: "capped", value: "100%*" }]);
    const marked = await read(lines, templateOf({ ...base, metrics: metrics("mark") }), { filename });
    expect(told(marked)[0]).toBe("2025-06 RXX share = 100 [implausible]");
  });
});

describe("quirk 5: percentages as fractions, numbers and text, checked against numerator and denominator", () => {
  const columns = { ...base.columns, share: { headers: ["Share"] } };
  const of = (check: object) => [
    {
      metric: "share",
      numerator: { plus: ["done"] },
      denominator: { plus: ["list"] },
      checks: [{ check: "percent", column: "share", tolerance: 0.05, then: "mark", ...check }],
    },
  ];

  test.each([
    ["fractions", { fractions: true }, "0.2189", "0.9"],
    ["numbers", {}, "21.89", "90"],
    ["text", { fractions: true }, "21.9%", "90%"],
  ])("as %s", async (_, check, right, wrong) => {
    const lines = ["Code,List,Done,Share", `RXX,10000,2189,${right}`, `RYY,100,20,${wrong}`, "RZZ,100,20,-"];
    const found = await read(lines, templateOf({ ...base, columns, metrics: of(check) }), { filename });
    expect(told(found)).toEqual([
      "2025-06 RXX share = 21.89",
      "2025-06 RYY share = 20 [implausible]",
      "2025-06 RZZ share = 20",
    ]);
    expect(found.problems).toMatchObject([{ row: 3, column: "Share", code: "percent-differs", value: wrong }]);
  });

  test("as whole numbers, where they are the value", async () => {
    const metrics = [{ metric: "share", value: { plus: ["share"] } }];
    const found = await read(["Code,List,Share", "RXX,1,70"], templateOf({ ...base, columns, metrics }), { filename });
    expect(told(found)).toEqual(["2025-06 RXX share = 70"]);
  });

  test("one that is cut off for show is told apart", async () => {
    const lines = ["Code,List,Done,Share", "RXX,193,223,100%*"];
    const found = await read(lines, templateOf({ ...base, columns, metrics: of({}) }), { filename });
    expect(told(found)).toEqual(["2025-06 RXX share = 115.544041451 [implausible]"]);
    expect(found.problems).toMatchObject([{ code: "capped", value: "100%*" }]);
  });
});

test("quirk 6: thousands in quotes, floats for counts, half patients and scaled numbers", async () => {
  const metrics = [
    { metric: "list", value: { plus: ["list"] } },
    { metric: "cost", value: { plus: ["done"] }, scale: 1000 },
  ];
  const lines = ["Code,List,Done", 'RXX,"1,204,511",1.29', "RYY,2124.282608695652,-3.2", "RZZ,1.5,0"];
  const found = await read(lines, templateOf({ ...base, metrics }), { filename });
  expect(Array.from(found.rows, ({ value }) => value)).toEqual([1_204_511, 1290, 2124.282608695652, -3200, 1.5, 0]);
});

test("quirk 7: durations in seconds, as h:mm:ss over 24 hours, and in minutes", async () => {
  const metrics = [{ metric: "response", value: { plus: ["list"] } }];
  const lines = ["Code,List", "RXX,1435", "RYY,34:08:00", "RZZ,0:23:55"];
  const found = await read(lines, templateOf({ ...base, metrics }), { filename });
  expect(Array.from(found.rows, ({ value }) => value)).toEqual([1435, 122_880, 1435]);
  const minutes = templateOf({ ...base, metrics: [{ metric: "response", value: { plus: ["list"] }, scale: 60 }] });
  expect((await read(["Code,List", "RXX,23.5"], minutes, { filename })).rows.at(0).value).toBe(1410);
});

test("quirk 16: a share of no patients has no value; suppressed cells leave a sum without one", async () => {
  const metrics = [{ metric: "share", numerator: { plus: ["done"] }, denominator: { plus: ["list"] } }];
  const found = await read(["Code,List,Done", "RXX,0,0", "RYY,1,0", "RZZ,*,2"], templateOf({ ...base, metrics }), {
    filename,
  });
  expect(told(found)).toEqual([
    "2025-06 RXX share = (denominator 0)",
    "2025-06 RYY share = 0",
    "2025-06 RZZ share = (suppressed)",
  ]);
});

test("values outside a range are kept out, or counted with a mark", async () => {
  const metrics = (then: string) => [
    { metric: "list", value: { plus: ["list"] }, checks: [{ check: "range", from: 0, to: 500, then }] },
  ];
  const lines = ["Code,List", "RXX,-1", "RYY,500", "RZZ,501"];
  const out = await read(lines, templateOf({ ...base, metrics: metrics("keep-out") }), { filename });
  expect(told(out)).toEqual(["2025-06 RXX list = (suspect)", "2025-06 RYY list = 500", "2025-06 RZZ list = (suspect)"]);
  expect(problemsOf(out)).toEqual([
    [2, "out-of-range"],
    [4, "out-of-range"],
  ]);
  const marked = await read(lines, templateOf({ ...base, metrics: metrics("mark") }), { filename });
  expect(told(marked)[0]).toBe("2025-06 RXX list = -1 [implausible]");
});
