import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { againstPath } from "./against-path.ts";

const rules = { better: "higher", decimals: 1, minimumChange: null } as const;

describe("how a figure stands beside the plan's path", () => {
  test.each([
    ["as promised where it is the same", 75, 75, "as-promised", 0],
    ["as promised where both are shown alike", 74.96, 75.04, "as-promised", 0],
    ["behind by one place shown", 74.9, 75, "behind", 0.1],
    ["behind by what is shown, not by what is kept", 73.84, 75.04, "behind", 1.2],
    ["better", 76.5, 75, "better", 1.5],
  ] as const)("%s", (_, value, expected, is, by) => {
    expect(againstPath(rules, value, expected)).toEqual({ is, by });
  });

  test("counts what is less than the minimum change as promised", () => {
    const coarse = { ...rules, minimumChange: 1 };
    expect(againstPath(coarse, 74.1, 75)).toEqual({ is: "as-promised", by: 0.9 });
    expect(againstPath(coarse, 74, 75)).toEqual({ is: "behind", by: 1 });
  });

  test("is behind above the path where lower is better, and never where neither is", () => {
    expect(againstPath({ ...rules, better: "lower" }, 76, 75)?.is).toBe("behind");
    expect(againstPath({ ...rules, better: "neither" }, 90, 75)?.is).toBe("as-promised");
  });

  test("says nothing without a figure or without a path", () => {
    expect([againstPath(rules, null, 75), againstPath(rules, 75, null), againstPath(rules, NaN, 75)]).toEqual([
      null,
      null,
      null,
    ]);
  });

  test("what is better the one way is behind the other way, by as much", () => {
    const figure = fc.integer({ min: -100_000, max: 100_000 }).map((tenths) => tenths / 10);
    fc.assert(
      fc.property(figure, figure, (value, expected) => {
        const [up, down] = (["higher", "lower"] as const).map((better) =>
          againstPath({ ...rules, better }, value, expected),
        );
        const turned = { better: "behind", behind: "better", "as-promised": "as-promised" } as const;
        expect(down).toEqual(up && { is: turned[up.is], by: up.by });
      }),
    );
  });
});
