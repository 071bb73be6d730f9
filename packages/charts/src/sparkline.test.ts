import { expect, test } from "vitest";
import { sparkline } from "./sparkline.ts";

test("ends in a mark of the last value's kind, and says what it shows", () => {
  const svg = sparkline(Float64Array.of(1, 2, NaN, 3), { kind: "concern", says: "A <rise>" });
  expect(svg).toContain("<title>A &#60;rise&#62;</title>");
  expect(svg.match(/M/g)).toHaveLength(3);
  expect(svg).toContain("#ed8b00");
});

test("of nothing is an empty picture", () => {
  expect(sparkline(Float64Array.of(NaN), { kind: "common", says: "No figures" })).not.toMatch(/path|circle|NaN/);
});
