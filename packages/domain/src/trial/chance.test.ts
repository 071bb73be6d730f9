import { describe, expect, test } from "vitest";
import { assessSeries } from "../assess-series.ts";
import type { MetricRules } from "../metric.ts";
import { parsePeriod, type Period } from "../period.ts";
import { rulesFor } from "../protocol.ts";
import { sharePast } from "../spc/share-past.ts";
import { expectedByChance, type MonthsChance } from "./chance.ts";

const month = (past: number, pastSlt = 0, counted = true): MonthsChance => ({ past, pastSlt, counted });
const many = (count: number, one: MonthsChance) => Array.from({ length: count }, () => one);

/** Mulberry32: the same numbers from the same seed, each run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A standard normal value of two even ones (Box and Muller). */
const normal = (random: () => number) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

describe("what is expected by chance alone", () => {
  test("is nothing where no month can be past a limit, and one case where every month is", () => {
    expect(expectedByChance(many(24, month(0)), 2)).toEqual({ months: 0, monthsSlt: 0, raisedBoard: 0, raisedSlt: 0 });
    expect(expectedByChance(many(24, month(1, 1)), 2)).toEqual({
      months: 24,
      monthsSlt: 24,
      raisedBoard: 0,
      raisedSlt: 1,
    });
  });

  test("follows by hand over three months: a case goes on while it is not below for long enough", () => {
    // p, then (1-p) p; in the third month none stands after two below, or after one past and two below: not within three.
    const { raisedBoard } = expectedByChance(many(3, month(0.25)), 2);
    expect(raisedBoard).toBeCloseTo(0.25 + 0.75 * 0.25 + 0.75 ** 2 * 0.25, 12);
    const { raisedBoard: soon } = expectedByChance(many(3, month(0.25)), 1);
    expect(soon).toBeCloseTo(0.25 + 0.75 * 0.25 + (0.75 ** 2 + 0.25 * 0.75) * 0.25, 12);
  });

  test("counts only the months that are looked at; those before say what already stands", () => {
    const before = many(200, month(0.5, 0, false));
    const { months, raisedBoard } = expectedByChance([...before, month(0.5)], 1);
    expect(months).toBe(0.5);
    expect(raisedBoard).toBeCloseTo(0.5 * 0.5, 6);
  });

  test("comes out of the rules themselves when figures are drawn at random, within four standard errors", () => {
    const metric: MetricRules = {
      unit: "rate",
      better: "higher",
      frequency: "monthly",
      decimals: 3,
      definitionChanges: [],
      accumulates: "none",
      minimumChange: null,
    };
    const rules = rulesFor({ stepDownAfter: 2 }, "monthly");
    const [mean, deviation, board, slt] = [90, 2, 88, 86.5];
    const limits = { mean, lower: mean - 3 * deviation, upper: mean + 3 * deviation, nearLower: NaN, nearUpper: NaN };
    const past = sharePast(board, limits, "higher") ?? NaN;
    const pastSlt = sharePast(slt, limits, "higher") ?? NaN;
    const first = parsePeriod("2020-01", "monthly") as Period;
    const [length, drawn] = [36, 4000];
    const random = seeded(20261122);
    const seen = { months: 0, raisedBoard: 0, raisedSlt: 0 };
    for (let n = 0; n < drawn; n += 1) {
      const none = new Float64Array(length).fill(NaN);
      const { events, rag } = assessSeries({
        metric,
        isSystem: false,
        rules,
        thresholds: [{ id: 1, scope: "*", status: "approved", basis: "value", board, slt, from: first, to: null }],
        first,
        count: length,
        actual: Float64Array.from({ length }, () => mean + deviation * normal(random)),
        reasonGiven: new Uint8Array(length),
        plan: none,
        systemPlan: none,
        partial: new Uint8Array(length),
      });
      seen.months += rag.reduce((sum, one, at) => sum + (at >= 12 && one >= 3 ? 1 : 0), 0);
      for (const { event, tier, period } of events) {
        if (event !== "raised" || period < first + 12) continue;
        if (tier === "slt") seen.raisedSlt += 1;
        else seen.raisedBoard += 1;
      }
    }
    const expected = expectedByChance(
      Array.from({ length }, (_, at) => month(past, pastSlt, at >= 12)),
      2,
    );
    for (const key of ["months", "raisedBoard", "raisedSlt"] as const) {
      const tolerance = 4 * Math.sqrt((2 * expected[key]) / drawn);
      expect(Math.abs(seen[key] / drawn - expected[key]), key).toBeLessThan(tolerance);
    }
  });
});
