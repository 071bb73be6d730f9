import { describe, expect, test } from "vitest";
import { spcChart } from "./chart.ts";

const quiet = [10, 11, 10, 9, 10, 11, 10, 9, 10, 11, 10, 9];

describe("a chart", () => {
  test("begins a new group where the process was recalculated, and looks at each alone", () => {
    const { points } = spcChart(Float64Array.of(...quiet, ...quiet.map((value) => value + 40)), {
      better: "higher",
      starts: [12, 12, 0, 99],
    });
    expect(points.map(({ group }) => group)).toEqual([...Array<number>(12).fill(0), ...Array<number>(12).fill(1)]);
    expect(points.every(({ cause }) => cause === "none")).toBe(true);
    expect(points.at(-1)?.limits.mean).toBe(50);
  });

  test.each([
    ["higher", 20, "improvement"],
    ["higher", 0, "concern"],
    ["lower", 20, "concern"],
    ["lower", 0, "improvement"],
    ["neither", 20, "neutral-high"],
    ["neither", 0, "neutral-low"],
  ] as const)("where %s is better, a last value of %s is %s", (better, last, kind) => {
    expect(spcChart(Float64Array.of(...quiet, last), { better }).variation).toBe(kind);
  });

  test.each([
    ["higher", 95, "fail"],
    ["higher", 2, "pass"],
    ["higher", 10, "inconsistent"],
    ["lower", 95, "pass"],
    ["lower", 2, "fail"],
    ["neither", 95, null],
    ["higher", null, null],
  ] as const)("where %s is better, a target of %s will be met: %s", (better, target, assurance) => {
    expect(spcChart(Float64Array.from(quiet), { better, target }).assurance).toBe(assurance);
  });

  test("of no values has no points and says nothing", () => {
    expect(spcChart(new Float64Array(), { better: "higher", target: 5 })).toEqual({
      points: [],
      variation: "common",
      assurance: null,
    });
  });

  test("six in a row are a run where six are asked for", () => {
    const values = Float64Array.of(4, 5, 4, 5, 4, 5, 7, 6, 7, 6, 7, 6);
    const causes = (points: 6 | 7) =>
      spcChart(values, { better: "higher", options: { points } }).points.map(({ cause }) => cause);
    expect(causes(7)).not.toContain("run");
    expect(causes(6).filter((cause) => cause === "run").length).toBeGreaterThanOrEqual(6);
  });
});
