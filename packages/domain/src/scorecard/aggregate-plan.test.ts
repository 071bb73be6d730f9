import { describe, expect, test } from "vitest";
import { aggregatePlan, type PlanBelow } from "./aggregate-plan.ts";

const below = (plan: number, denominator = NaN): PlanBelow => ({ plan, denominator });

describe("what the plans of those below add up to", () => {
  test("a sum where the metric is summed", () => {
    expect(aggregatePlan("sum", [below(100), below(20), below(3)])).toBe(123);
  });

  test("each by its denominator where the metric is a ratio", () => {
    expect(aggregatePlan("ratio", [below(90, 300), below(80, 100)])).toBe(87.5);
  });

  test.each<[says: string, kind: "sum" | "ratio" | "none", PlanBelow[]]>([
    ["there is nobody below", "sum", []],
    ["one below has no plan", "sum", [below(100), below(NaN)]],
    ["one below has no denominator", "ratio", [below(90, 300), below(80)]],
    ["the denominators come to nothing", "ratio", [below(90, 0), below(80, 0)]],
    ["the metric is not added up", "none", [below(90, 300)]],
  ])("nothing where %s", (_, kind, plans) => {
    expect(aggregatePlan(kind, plans)).toBeNaN();
  });
});
