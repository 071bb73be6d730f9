import { describe, expect, test } from "vitest";
import { parsePeriod } from "@signalbox/domain";
import { type Case, problemsOf, readWith } from "./testing.ts";

const header = "metric,name,period,value\n";

test("what others publish is read by metric and period, in the metric's unit", async () => {
  const { catalogue, problems } = await readWith({
    "comparators.csv": `${header}ae-4h,South East,Jan-24,71.5%\ncqc,England,2023/24 Q4,G\n`,
  });
  expect(problems).toEqual([]);
  expect(catalogue?.comparators).toEqual([
    { metric: "ae-4h", name: "South East", period: parsePeriod("2024-01", "monthly"), value: 71.5 },
    { metric: "cqc", name: "England", period: parsePeriod("2023/24 Q4", "quarterly"), value: 2 },
  ]);
});

test("a folder may do without the file", async () => {
  const { catalogue } = await readWith({});
  expect(catalogue?.comparators).toEqual([]);
});

describe("comparators.csv", () => {
  test.each<Case>([
    [
      "an unknown metric, one period twice, no period, no name, no number",
      {
        "comparators.csv": `${header}ae-4g,South East,2024-01,71\nae-4h,South East,2024-01,71\nae-4h,England,2024-01,72\nae-4h,South East,soon,71\nae-4h,,2024-02,71\nae-4h,South East,2024-03,\n`,
      },
      [
        'comparators.csv:2: metric: unknown metric "ae-4g" (did you mean "ae-4h"?)',
        "comparators.csv:4: period: the same metric and period as in line 3",
        'comparators.csv:5: period: "soon" is no month such as 2024-03',
        "comparators.csv:6: name: is empty",
        "comparators.csv:7: value: is empty",
      ],
    ],
  ])("%s", async (_, files, expected) => {
    expect(await problemsOf(files)).toEqual(expected);
  });
});
