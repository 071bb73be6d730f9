import { expect, test } from "vitest";
import { canonical, reading } from "./testing.ts";

const goal = (limit: number | null) => ({ lowestGoals: new Map(limit === null ? [] : [["ae-4h", limit]]) });
const fractions = ["2024-03,RXX,ae-4h,0.946,,,,", "2024-03,RYY,ae-4h,1,,,,", "2024-03,RZZ,ae-4h,N/A,,,,"];

test("values of at most 1 under goals above 2 look like fractions and are refused", async () => {
  const read = await reading(canonical(...fractions, "2024-03,RXX,ae-12h,1,,,,"), goal(76));
  expect(read).toMatchObject({ rejected: null, refused: 2 });
  expect(read.problems).toMatchObject([
    { row: 2, column: "value", code: "looks-like-fractions", value: "0.946", severity: "error" },
    { row: 3, code: "looks-like-fractions" },
  ]);
  expect(Array.from(read.rows, ({ row }) => row)).toEqual([4, 5]);
});

test("the file's own plans are goals where the catalogue has none", async () => {
  expect(await reading(canonical("2024-03,RXX,ae-4h,0.9,,,76,"))).toMatchObject({
    rejected: { code: "no-usable-row" },
    refused: 1,
  });
});

test.each([
  ["one value is above 1", [...fractions, "2024-02,RXX,ae-4h,1.1,,,,"], 76],
  ["the goals are small too", fractions, 2],
  ["there is no goal", fractions, null],
  ["the values are marked as percent", ["2024-03,RXX,ae-4h,0.9%,,,,"], 76],
  ["the values are computed", ["2024-03,RXX,ae-4h,,1,200,,"], 76],
])("nothing looks like fractions where %s", async (_, rows, limit) => {
  expect(await reading(canonical(...rows), goal(limit))).toMatchObject({ rejected: null, refused: 0 });
});

test("a fraction that is repeated is refused each time, and is not unchanged too", async () => {
  const read = await reading(canonical(...fractions, "2024-03,RXX,ae-4h,0.946,,,,"), goal(76));
  expect(read).toMatchObject({ read: 4, refused: 3, unchanged: 0 });
});
