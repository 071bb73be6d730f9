import { expect, test } from "vitest";
import { relapseAfter, relapseInWords } from "./relapse.ts";

test.each([
  ["the month after", 101, 100, "monthly", 3, 1],
  ["the last month that is watched", 103, 100, "monthly", 3, 3],
  ["a month later", 104, 100, "monthly", 3, null],
  ["two quarters after", 106, 100, "quarterly", 3, 2],
  ["where nothing is watched", 101, 100, "monthly", undefined, null],
] as const)("back %s", (_, raisedIn, endedIn, frequency, watched, periods) => {
  expect(relapseAfter({ raisedIn, endedIn, frequency }, watched)).toBe(periods);
});

test("says how soon, and after which case", () => {
  expect(relapseInWords({ periods: 1, previous: 12 }, "quarterly")).toBe("Relapse: back 1 quarter after case 12");
  expect(relapseInWords({ periods: 2, previous: 12 }, "monthly")).toBe("Relapse: back 2 months after case 12");
});
