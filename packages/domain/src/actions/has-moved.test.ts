import fc from "fast-check";
import { expect, test } from "vitest";
import { asPeriod, formatPeriod, parsePeriod, type Period } from "../period.ts";
import { type Kind, KINDS } from "../spc/chart.ts";
import { hasMoved, judgedIn, type SinceDelivery } from "./has-moved.ts";

const period = (text: string): Period => {
  const read = parsePeriod(text, text.includes("Q") ? "quarterly" : "monthly");
  if (read === null) throw new Error(`${text} is no period`);
  return read;
};
const MAY = period("2024-05");
const KIND: Readonly<Record<string, Kind>> = { i: "improvement", c: "concern", h: "neutral-high", "-": "common" };

/** A point a letter, the fifth of them in May, when the actions were delivered. */
const charted = (kinds: string): SinceDelivery => ({
  points: Array.from(kinds, (kind, at) => ({
    period: asPeriod(MAY - 4 + at),
    value: kind === "." ? NaN : 70,
    kind: KIND[kind] ?? "common",
  })),
  better: "higher",
  hasLimits: true,
  deliveredIn: MAY,
  promised: null,
});

test.for([
  ["-----", false, 0],
  ["iiii-----", false, 4],
  ["----i----", true, 4],
  ["--------i", true, 4],
  ["-----i--c", false, 4],
  ["-----c--i", true, 4],
  ["------.i.", true, 2],
  ["----h", true, 0],
] as const)("%s since the fifth has moved: %s, in %i months", ([kinds, moved, periods]) => {
  expect(hasMoved(charted(kinds))).toEqual({ moved, by: "spc", periods });
});

const valued = (values: readonly number[], rest: Partial<SinceDelivery>): SinceDelivery => ({
  ...charted(""),
  points: values.map((value, at) => ({ period: asPeriod(MAY - 1 + at), value, kind: "common" })),
  hasLimits: false,
  ...rest,
});

test.for([
  [[70, 70, 76], { promised: 76 }, true, "promise"],
  [[70, 70, 75.9], { promised: 76 }, false, "promise"],
  [[70, 70, 75.9], { promised: 76, better: "lower" }, true, "promise"],
  [[70, 71, 72], {}, true, "before"],
  [[70, 71, 71], {}, false, "before"],
  [[70, 71], { promised: 60 }, false, "promise"],
  [[NaN, NaN, 71], {}, false, "before"],
] as const)("%o with %o has moved: %s, by %s", ([values, rest, moved, by]) => {
  expect(hasMoved(valued(values, rest))).toMatchObject({ moved, by });
});

test.for([
  // promised by, last action due, delivered, frequency, judged in
  ["2024-08", "2024-05-31", "2024-05-02", "monthly", "2024-08"],
  ["2024-08", "2024-05-31", "2024-03-02", "monthly", "2024-08"],
  ["2024-08", "2024-05-31", "2024-07-01", "monthly", "2024-10"],
  ["2024-05", "2024-05-31", "2024-05-31", "monthly", "2024-06"],
  ["2024/25 Q2", "2024-05-31", "2024-05-31", "quarterly", "2024/25 Q2"],
  ["2024/25 Q2", "2024-05-31", "2024-08-31", "quarterly", "2024/25 Q3"],
] as const)("promised by %s, due %s, delivered %s (%s): judged in %s", ([by, due, done, frequency, expected]) => {
  const [lastDueOn, deliveredOn] = [Temporal.PlainDate.from(due), Temporal.PlainDate.from(done)];
  expect(formatPeriod(judgedIn({ by: period(by), lastDueOn, deliveredOn }, frequency), frequency)).toBe(expected);
});

test("nothing before the delivery makes a move, nor unmakes one", () => {
  const kinds = fc.array(fc.constantFrom(...KINDS), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(
      kinds,
      kinds,
      fc.string({ unit: fc.constantFrom("i", "c", "-", "."), maxLength: 8 }),
      (one, two, after) => {
        const base = charted(`----${after}`);
        const withBefore = (before: readonly Kind[]): SinceDelivery => ({
          ...base,
          points: base.points.map((point, at) => ({ ...point, kind: before[at] ?? point.kind })),
        });
        expect(hasMoved(withBefore(one))).toEqual(hasMoved(withBefore(two)));
      },
    ),
  );
});
