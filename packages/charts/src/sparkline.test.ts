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

test("of a year and a month is small enough to stand on a page a hundred times", () => {
  const values = Float64Array.from({ length: 13 }, (_, at) => (at % 2) * 1e6 + at);
  const svg = sparkline(values, { kind: "neutral-high" });
  expect(svg.length).toBeLessThan(350);
  expect(svg).toContain('aria-hidden="true"');
  expect(svg).toMatch(/d="M8 \d+l\d+-?[ \d]/);
});

test("draws each value at its height", () => {
  const points = /d="M(\d+) (\d+)l(\d+)(?: |(?=-))(-?\d+)l(\d+)(?: |(?=-))(-?\d+)"/.exec(
    sparkline(Float64Array.of(0, 10, 0), { kind: "common" }),
  );
  const [, x = NaN, y = NaN, right = NaN, up = NaN, rightAgain = NaN, down = NaN] = (points ?? []).map(Number);
  expect([x, x + right, x + right + rightAgain]).toEqual([8, 48, 88]);
  expect(up).toBeLessThan(0);
  expect(down).toBe(-up);
  expect(y + up).toBeGreaterThanOrEqual(8);
});
