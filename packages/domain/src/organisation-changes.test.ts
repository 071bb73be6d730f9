import { expect, test } from "vitest";
import { lastMonthsAbove, treeAsItStood } from "./organisation-changes.ts";
import { periodOf } from "./period.ts";

// S was A's until March 2023, then B's until December, and is C's; T was A's until June 2022, and is B's no more either.
const organisations = new Map(
  Object.entries({ ICS: null, A: "ICS", B: "ICS", C: "ICS", S: "C", T: "C" }).map(([code, parent]) => [
    code,
    { parent },
  ]),
);
const formerParents = [
  { organisation: "S", parent: "A", from: null, to: periodOf(2023, 3) },
  { organisation: "S", parent: "B", from: periodOf(2023, 4), to: periodOf(2023, 12) },
  { organisation: "T", parent: "A", from: null, to: periodOf(2022, 6) },
];

test("the tree stood as parents.csv says, else as it stands now", () => {
  const parentIn = treeAsItStood({ organisations, formerParents });
  const months = [periodOf(2021, 1), periodOf(2023, 3), periodOf(2023, 4), periodOf(2024, 1)];
  expect(months.map((month) => parentIn("S", month))).toEqual(["A", "A", "B", "C"]);
  expect(parentIn("ICS", periodOf(2023, 3))).toBeNull();
});

test("whoever has nobody below it any more had somebody until a last month", () => {
  expect([...lastMonthsAbove({ organisations, formerParents })]).toEqual([
    ["A", periodOf(2023, 3)],
    ["B", periodOf(2023, 12)],
  ]);
  const back = new Map([...organisations, ["T", { parent: "A" }]]);
  expect([...lastMonthsAbove({ organisations: back, formerParents })]).toEqual([["B", periodOf(2023, 12)]]);
});
