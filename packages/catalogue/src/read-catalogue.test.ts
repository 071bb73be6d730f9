import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { leftOut } from "../../../test/harness/left-out.ts";
import { formatProblem } from "./problem.ts";
import { readCatalogue } from "./read-catalogue.ts";
import { type Files, good, problemsOf, readWith, withRows, withText } from "./testing.ts";

describe("takes", () => {
  test("a catalogue without problems, every value in its metric's unit", async () => {
    const { catalogue, problems } = await readWith({});
    expect(problems).toEqual([]);
    expect(catalogue?.organisations[1]?.name).toBe('Northwick, Eastly and "Westbrook" Hospitals');
    expect(catalogue?.organisations[2]).toMatchObject({ opened: "2019-04-01", closed: "2024-03-31" });
    expect(catalogue?.people[0]).toEqual({
      email: "ann.chair@example.org",
      name: "Ann Chair",
      role: "chair",
      forum: "uec",
      organisation: null,
    });
    expect(catalogue?.metrics[1]).toMatchObject({
      scale: ["P", "A", "G", "E"],
      accumulates: "none",
      urgent: false,
      decimals: 0,
    });
    expect(catalogue?.thresholds[0]).toMatchObject({
      board: 85,
      slt: 75,
      from: 12 * 2020 + 3,
      to: null,
      status: "approved",
    });
    expect(catalogue?.plans).toEqual([{ metric: "ae-4h", organisation: "NW", period: 12 * 2024, value: 80.5 }]);
    expect(catalogue?.protocol).toEqual({ stepDownAfter: 2 });
  });

  const taken: readonly (readonly [string, Files])[] = [
    ["a byte-order mark", { "plans.csv": `\ufeff${String(good["plans.csv"])}` }],
    [
      "CRLF and blank lines",
      { "plans.csv": "metric,organisation,period,value\r\n\r\nae-4h,NW,2024-01,80\r\n,,,\r\n\r\n" },
    ],
    [
      "both kinds of line end in one file",
      { "plans.csv": "metric,organisation,period,value\r\nae-4h,NW,2024-01,80\nae-4h,NW,2024-02,80\r\n" },
    ],
    ["no line end at the end", { "plans.csv": "metric,organisation,period,value\nae-4h,NW,2024-01,80" }],
    [
      "headers in any order and case, with blanks, and empty columns",
      { "plans.csv": " Value ,PERIOD,organisation,Metric,,\n80,2024-01,NW,ae-4h,,\n" },
    ],
    [
      "rows without their last empty cells, as Excel writes them",
      withRows("thresholds.csv", "ae-4h,NW,,value,80,70,2020-04,,draft"),
    ],
    [
      "limits on a metric of which neither is better",
      withRows(
        "thresholds.csv",
        "staff,,,value,10,20,2020-04,,approved,,",
        "staff,NW,,value,20,10,2020-04,,approved,,",
      ),
    ],
    [
      "counts with decimals and percents past 100",
      withRows("plans.csv", "staff,NW,2024-01,10.5", "ae-4h,NW,2024-02,104%"),
    ],
    [
      "a draft with a minute, and ranges that overlap",
      withRows(
        "thresholds.csv",
        "ae-4h,,,value,80,70,2020-05,2021-04,draft,2020-04-15,UEC 5",
        "ae-4h,,,value,80,70,2020-05,,approved,,",
      ),
    ],
    [
      "a row with no limits, one with a single limit",
      withRows("thresholds.csv", "ae-4h,,,value,,,2021-04,,approved,,", "ae-4h,,,value,,70,2022-04,,approved,,"),
    ],
    ["equal limits", withRows("thresholds.csv", "spend,,,value,£1m,£1m,2021-04,,approved,,")],
    [
      "variances, below nothing too",
      withRows(
        "thresholds.csv",
        "wait,,,variance,-0:05:00,0:10:00,2021-04,,approved,,",
        "cqc,,,variance,-1,-2,2021-04,,approved,,",
        "spend,,,percent-variance,5%,10,2021-04,,approved,,",
      ),
    ],
    [
      "a month that ends a quarter as the end of a range",
      withRows("thresholds.csv", "cqc,,provider,value,G,A,2021-04,2024-03,approved,,"),
    ],
    ["months as a spreadsheet writes them", withRows("plans.csv", "ae-4h,NW,Mar-24,80", "ae-4h,NW,01/04/2024,80")],
    ["quarters by every name", withRows("plans.csv", "cqc,NW,2023/24 Q4,G", "cqc,NW,2022-23 Q4,A", "cqc,NW,2024-04,E")],
    [
      "values as their unit writes them",
      withRows(
        "plans.csv",
        "spend,NW,2024-01,£3.2m",
        'spend,NW,2024-02,"£883,000"',
        "wait,NW,2024-01,0:30:00",
        "safe,NW,2024-01,Yes",
        "cqc,NW,2024-01,G/E",
      ),
    ],
    [
      "values as plain numbers",
      withRows(
        "plans.csv",
        "spend,NW,2024-01,3200000",
        "wait,NW,2024-01,1800",
        "safe,NW,2024-01,1",
        "cqc,NW,2024-01,2",
      ),
    ],
    [
      "no metrics.csv columns but those needed, or all",
      withText(
        "metrics.csv",
        "decimals\n",
        "decimals,definition_changes,accumulates,minimum_change,due_working_day,urgent\nx,X,,uec,,count,,lower,monthly,sum,0,2023-10;2024-04,year,2,15,yes\n",
      ),
    ],
    [
      "series.csv and targets.csv",
      {
        "series.csv": "metric,organisation,owner,author,contract,commissioner\nae-4h,NW,a@example.org,,C1,ICB\n",
        "targets.csv": "metric,organisation,value,from,to,source\nae-4h,,95%,2010-06,,constitution\n",
      },
    ],
    [
      "headers alone where nothing is needed",
      { "plans.csv": "metric,organisation,period,value\n", "people.csv": "email,name,role,forum,organisation\n" },
    ],
  ];
  test.each(taken)("%s", async (_, files) => {
    expect(await problemsOf(files)).toEqual([]);
  });

  test("values as their unit writes them, in seconds, pounds and places", async () => {
    const { catalogue } = await readWith(
      withRows(
        "plans.csv",
        "spend,NW,2024-01,£3.2m",
        "wait,NW,2024-01,0:30:00",
        "safe,NW,2024-01,No",
        "cqc,NW,2024-01,G/E",
      ),
    );
    expect(catalogue?.plans.map(({ value }) => value)).toEqual([80.5, 3_200_000, 1800, 0, 2]);
  });
});

describe("refuses", () => {
  test("a folder that is not there", async () => {
    const { problems } = await readCatalogue(join(import.meta.dirname, "nowhere"));
    expect(problems).toMatchObject([{ line: 1, message: "there is no such folder" }]);
  });

  test("a wrong quote, and what is wrong in the rows before it", async () => {
    const problems = await problemsOf(
      withRows("plans.csv", "ae-4h,NV,2024-02,1", 'ae-4h,N"W,2024-02,1', "ae-4h,NV,2024-02,1"),
    );
    expect(problems.map((problem) => problem.slice(0, 24))).toEqual([
      "plans.csv:3: organisatio",
      "plans.csv:4: file: a quo",
    ]);
  });

  test("ten thousand problems of a file in a thousand lines and a count", async () => {
    const problems = await problemsOf({
      "plans.csv": `metric,organisation,period,value\n${"ae-4h,NW,never,1\n".repeat(10_000)}`,
    });
    expect(problems).toHaveLength(1001);
    expect(problems.at(-1)).toBe("plans.csv:1001: file: 9000 more problems in this file are not shown");
  });
});

test("a bad catalogue has all its problems told at once, in the words of golden/bad.txt", async () => {
  const golden = join(import.meta.dirname, "..", "golden");
  const { problems } = await readCatalogue(join(golden, "bad"));
  expect(`${problems.map(formatProblem).join("\n")}\n`).toBe(await readFile(join(golden, "bad.txt"), "utf8"));
});

const published = join(import.meta.dirname, "../../../../shared/catalogues");
if (existsSync(published)) {
  test("the catalogue of the published A&E figures has no problems", async () => {
    const { catalogue, problems } = await readCatalogue(join(published, "ae"));
    expect(problems).toEqual([]);
    expect(catalogue?.organisations).toHaveLength(233);
    expect(catalogue?.metrics.map(({ code }) => code)).toEqual(["ae-4h", "ae-12h", "ae-attendances"]);
  });
} else leftOut("catalogue of the published A&E figures", "../shared/catalogues is not there");
