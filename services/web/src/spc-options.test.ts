import { expect, test } from "vitest";
import { spcAsked, type SpcField } from "./spc-options.ts";

test("nothing said is the usual chart, and differs in nothing", () => {
  const asked = spcAsked({ screenOutliers: "", fixAfter: "", points: "7" }, "monthly");
  expect(asked).toMatchObject({ faults: [], differences: [] });
  expect(asked.options).toEqual({ screenOutliers: true, closeIncludesOutside: false, points: 7, recalculateAt: [] });
});

test("says in words what differs from the usual", () => {
  const query = {
    screenOutliers: "false",
    fixAfter: " 12 ",
    recalculateAt: "2024-03, Jul-24",
    points: "6",
    closeIncludesOutside: "true",
  };
  const { options, faults, differences } = spcAsked(query, "monthly");
  expect(faults).toEqual([]);
  expect(options).toMatchObject({ screenOutliers: false, fixAfter: 12, points: 6, closeIncludesOutside: true });
  expect(differences).toEqual([
    "Large jumps count when the limits are worked out.",
    "The limits are worked out of the first 12 points.",
    "The limits begin anew at 2024-03, 2024-07.",
    "6 points in a row make a run or a trend, not 7.",
    "Points past a limit count in two out of three.",
  ]);
});

test.each<readonly [SpcField, unknown, RegExp]>([
  ["fixAfter", "11", /12 or more/],
  ["fixAfter", "12.5", /whole number/],
  ["fixAfter", "-1", /whole number/],
  ["points", "8", /6 or 7/],
  ["screenOutliers", "perhaps", /yes or no/],
  ["closeIncludesOutside", "1", /yes or no/],
  ["recalculateAt", "someday", /"someday" is no period of this monthly series/],
  ["recalculateAt", ["2024-03", "2024-04"], /once/],
  ["recalculateAt", "2024-03\0", /once/],
  ["recalculateAt", "x".repeat(301), /at most 300/],
])("%s of %j is refused in words, and counts as not given", (field, given, words) => {
  const { options, faults } = spcAsked({ [field]: given }, "monthly");
  expect(faults).toEqual([{ field, message: expect.stringMatching(words) }]);
  expect(options).toEqual({ screenOutliers: true, closeIncludesOutside: false, points: 7, recalculateAt: [] });
});
