import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asPeriod } from "../period.ts";
import { asksForRisk, beforeSlt, type StoodIn } from "./before-slt.ts";
import { isReviewStale, staleBefore } from "./review.ts";
import { bandOf, RISK_BANDS, riskScore } from "./score.ts";

const day = (text: string) => Temporal.PlainDate.from(text);

describe("a risk's score", () => {
  test.each([
    [1, "low"],
    [3, "low"],
    [4, "moderate"],
    [6, "moderate"],
    [8, "high"],
    [12, "high"],
    [15, "extreme"],
    [25, "extreme"],
  ])("of %i is %s", (score, band) => {
    expect(bandOf(score)).toBe(band);
  });

  test("never falls when a likelihood or an impact rises, nor does its band", () => {
    const one = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(one, one, one, (likelihood, impact, worse) => {
        const [score, other] = [
          riskScore({ likelihood, impact }),
          riskScore({ likelihood, impact: Math.max(impact, worse) }),
        ];
        expect(other).toBeGreaterThanOrEqual(score);
        expect(RISK_BANDS.indexOf(bandOf(other))).toBeGreaterThanOrEqual(RISK_BANDS.indexOf(bandOf(score)));
      }),
    );
  });

  test.each([0, 6, 2.5, Number.NaN])("is not made of %d", (likelihood) => {
    expect(() => riskScore({ likelihood, impact: 3 })).toThrow(RangeError);
  });
});

describe("a review", () => {
  test.each([
    ["extreme, a month ago to the day", 5, 5, "2026-10-22", false],
    ["extreme, a day more", 5, 5, "2026-10-21", true],
    ["high, three months ago", 3, 4, "2026-08-22", false],
    ["high, a day more", 3, 4, "2026-08-21", true],
    ["moderate, half a year ago", 2, 3, "2026-05-22", false],
    ["low, a year ago", 1, 3, "2025-11-22", false],
    ["low, a day more", 1, 3, "2025-11-21", true],
    ["that never was", 1, 1, null, true],
  ])("%s", (_, likelihood, impact, reviewedOn, stale) => {
    expect(isReviewStale({ likelihood, impact, reviewedOn }, day("2026-11-22"))).toBe(stale);
  });

  test("counts by the end of a shorter month", () => {
    expect(staleBefore("extreme", day("2026-03-31")).toString()).toBe("2026-02-28");
  });
});

const March = 24_290;
const stood = (...tiers: (StoodIn["tier"] | null)[]) =>
  tiers.flatMap((tier, at) => (tier === null ? [] : [{ period: asPeriod(March + at), tier }]));

describe("before the SLT", () => {
  test.each([
    ["in its first period", stood("slt"), { since: March, periods: 1 }],
    ["from its third period on", stood("board", "board", "slt", "slt"), { since: March + 2, periods: 2 }],
    ["without a break over a silent period", stood("slt", null, "slt"), { since: March, periods: 3 }],
    ["anew after it went to its board", stood("slt", "slt", "board", "slt"), { since: March + 3, periods: 1 }],
    ["no more", stood("slt", "slt", "board"), null],
    ["not once it is resolved", stood("slt", "slt", "none"), null],
    ["never, without an event", [], null],
  ])("%s", (_, events, expected) => {
    expect(beforeSlt(events, "monthly")).toEqual(expected);
  });

  test("quarters are counted as quarters", () => {
    const quarters = [March, March + 3, March + 6].map((period) => ({ period, tier: "slt" as const }));
    expect(beforeSlt(quarters, "quarterly")).toEqual({ since: March, periods: 3 });
  });

  test("asks from the protocol's period on, and never where it names none", () => {
    const of = (periods: number) => ({ since: March, periods });
    expect([2, 3, 4].map((periods) => asksForRisk(of(periods), { afterPeriods: 3 }))).toEqual([false, true, true]);
    expect(asksForRisk(of(99), undefined)).toBe(false);
    expect(asksForRisk(null, { afterPeriods: 1 })).toBe(false);
  });
});
