import fc from "fast-check";
import { expect, test } from "vitest";
import { movedApart } from "./labels.ts";
import { scaleOver } from "./scale.ts";

const anyValues = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { maxLength: 30 });

test("every value lies within the scale, whose lines are round and in order", () => {
  fc.assert(
    fc.property(anyValues, (values) => {
      const scale = scaleOver([...values, NaN], { top: 10, bottom: 110 });
      for (const value of values) {
        expect(scale.y(value)).toBeGreaterThanOrEqual(10 - 1e-6);
        expect(scale.y(value)).toBeLessThanOrEqual(110 + 1e-6);
      }
      expect(scale.ticks.length).toBeGreaterThan(1);
      expect(scale.ticks.length).toBeLessThan(12);
      expect(scale.ticks).toEqual(scale.ticks.toSorted((a, b) => a - b));
    }),
  );
});

test("counts begin at 0 where they come near it, and percents are not stretched to it", () => {
  expect(scaleOver([0, 7, 12], { top: 0, bottom: 1 }).low).toBe(0);
  expect(scaleOver([94.1, 96.2], { top: 0, bottom: 1 }).ticks).toEqual([93.5, 94, 94.5, 95, 95.5, 96, 96.5]);
});

test("labels lie a line apart and keep their order, none below the lowest place", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { maxLength: 8 }), (heights) => {
      const placed = movedApart(
        heights.map((y, at) => ({ text: String(at), y, colour: "#000" })),
        { line: 14, lowest: 200 },
      );
      for (const [at, label] of placed.entries()) {
        expect(label.y).toBeLessThanOrEqual(200);
        expect(label.y - (placed[at - 1]?.y ?? -Infinity)).toBeGreaterThanOrEqual(14 - 1e-9);
      }
    }),
  );
});

test("lines lie at round times, and never so close that two are written alike", () => {
  const at = { top: 0, bottom: 1 };
  expect(scaleOver([1700, 4000], { ...at, isTime: true }).ticks).toEqual([1200, 1800, 2400, 3000, 3600, 4200]);
  expect(scaleOver([0, 2], { ...at, finest: 1 }).ticks).toEqual([0, 1, 2, 3]);
  expect(scaleOver([80, 90], { ...at, finest: 1 }).ticks.every((tick) => Number.isInteger(tick))).toBe(true);
});
