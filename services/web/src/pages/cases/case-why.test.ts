import { asPeriod } from "@signalbox/domain";
import { expect, test } from "vitest";
import { restatedInWords } from "./case-why.ts";

const [september, october] = [asPeriod(24_320), asPeriod(24_321)];
const words = { period: (period: number) => `P${period}`, value: (value: number | null) => String(value ?? "none") };
const figures = [
  { period: september, value: 5, restated: false },
  { period: october, value: 7, restated: false },
];

test.each([
  ["what was decided before the figure came", [{ period: october, value: null }]],
  ["what was decided again of the same figure", [{ period: october, value: 7 }]],
  ["nothing", []],
])("does not call %s a restatement", (_, replaced) => {
  expect(restatedInWords({ figures, replaced }, words)).toBe("Nothing was restated");
});

test("says what a restated figure was", () => {
  const replaced = [{ period: september, value: 9.85 }];
  expect(restatedInWords({ figures, replaced }, words)).toBe("Yes: P24320 was 9.85 before");
});
