import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { leftOut } from "../../../../test/harness/left-out.ts";
import { sharedPath } from "../../../../test/harness/shared-data.ts";
import type { Better } from "../metric.ts";
import { type ChartPoint, type SpcChart, spcChart } from "./chart.ts";
import { isClose, isOutside, sideOf } from "./point.ts";

interface Options {
  improvement_direction: string;
  target: number | Record<string, number> | null;
  rebase: string[] | Record<string, string[]> | null;
  fix_after_n_points: number | null;
  screen_outliers: boolean;
}
interface Case {
  id: string;
  input: { dates: string[]; values: (number | null)[]; facets?: string[]; options: Options };
  expected:
    | { ok: false; error_root: string }
    | {
        ok: true;
        points: Record<string, unknown>;
        icons: { facet: string | null; variation: string; assurance: string | null }[];
      };
}

const file = sharedPath("oracle/spc.json.gz");
const STOPS_AT_A_GAP = "missing value where TRUE/FALSE needed";

if (file === null) leftOut("the SPC oracle", "../shared/oracle is not on this machine");
else {
  const cases = JSON.parse(gunzipSync(readFileSync(file)).toString()) as Case[];
  describe("the SPC oracle", () => {
    test.each(cases.filter(({ expected }) => expected.ok))("$id", ({ input, expected }) => {
      if (!expected.ok) throw new Error("filtered above");
      const drawn = facetsOf(input).map((facet) => ({ ...facet, chart: chartOf(facet, input.options) }));
      const points = drawn.flatMap(({ chart }) => chart.points);
      const column = (name: string): unknown[] => spread(expected.points[name], points.length);
      expect(points.map(typeOf)).toEqual(column("special_cause_type"));
      expect(points.map(({ kind }) => KIND[kind])).toEqual(column("point_type"));
      expect(points.map(({ value, limits }) => orNull(sideOf(value, limits)))).toEqual(
        column("relative_to_mean").map(asSide),
      );
      same(points, "mean", column("mean"));
      same(points, "lower", column("lpl"));
      same(points, "upper", column("upl"));
      same(points, "nearLower", column("nlpl"));
      same(points, "nearUpper", column("nupl"));
      expect(points.map(flags)).toEqual(
        points.map((_, at) => [column("outside_limits")[at] === true, column("close_to_limits")[at] === true]),
      );
      expect(drawn.map(({ chart }) => VARIATION[chart.variation])).toEqual(
        expected.icons.map(({ variation }) => variation.replace(/^(improvement|concern)_(high|low)$/, "$1")),
      );
      for (const [at, { assurance }] of expected.icons.entries())
        if (assurance !== null) expect(drawn[at]?.chart.assurance ?? "inconsistent").toBe(assurance);
    });

    test.each(cases.filter(({ expected }) => !expected.ok && expected.error_root === STOPS_AT_A_GAP))(
      "$id, where the reference stops at a gap, is drawn and has no trend across it",
      ({ input }) => {
        for (const facet of facetsOf(input)) {
          const { points } = chartOf(facet, input.options);
          expect(points).toHaveLength(facet.values.length);
          for (const [at, point] of points.entries())
            if (Number.isNaN(facet.values[at])) expect(point.cause).toBe("none");
          for (const run of trendsOf(points)) expect(run.length).toBeGreaterThanOrEqual(7);
        }
      },
    );

    test("holds 817 cases that end well and 29 that stop at a gap", () => {
      expect(cases.filter(({ expected }) => expected.ok)).toHaveLength(817);
      expect(cases.filter(({ expected }) => !expected.ok && expected.error_root === STOPS_AT_A_GAP)).toHaveLength(29);
    });
  });
}

const KIND = {
  common: "common_cause",
  improvement: "special_cause_improvement",
  concern: "special_cause_concern",
  "neutral-high": "special_cause_neutral_high",
  "neutral-low": "special_cause_neutral_low",
};
const VARIATION = {
  ...KIND,
  improvement: "improvement",
  concern: "concern",
  "neutral-high": "neutral_high",
  "neutral-low": "neutral_low",
};

interface Facet {
  name: string | null;
  dates: string[];
  values: Float64Array;
}

/** The series of a case, by name, each in order of date. */
function facetsOf({ dates, values, facets }: Case["input"]): Facet[] {
  const rows = values.map((value, at) => ({ value: value ?? NaN, date: dates[at] ?? "", name: facets?.[at] ?? null }));
  const byName = [...Map.groupBy(rows, ({ name }) => name)].toSorted(([a], [b]) => ((a ?? "") < (b ?? "") ? -1 : 1));
  return byName.map(([name, own]) => {
    const inOrder = own.toSorted((a, b) => (a.date < b.date ? -1 : 1));
    return { name, dates: inOrder.map(({ date }) => date), values: Float64Array.from(inOrder, ({ value }) => value) };
  });
}

function chartOf({ name, dates, values }: Facet, options: Options): SpcChart {
  const { rebase, target, fix_after_n_points: fixAfter, screen_outliers: screenOutliers } = options;
  const from = (Array.isArray(rebase) ? rebase : rebase?.[name ?? ""]) ?? [];
  const better = ({ i: "higher", d: "lower", n: "neither" } as const)[options.improvement_direction[0] ?? ""] as Better;
  return spcChart(values, {
    better,
    target: typeof target === "object" ? (target?.[name ?? ""] ?? null) : target,
    starts: dates.flatMap((date, at) => (from.includes(date) ? [at] : [])),
    options: { screenOutliers, ...(fixAfter === null ? {} : { fixAfter }) },
  });
}

/** The reference's word for a point's special cause. */
function typeOf({ value, cause, limits, direction }: ChartPoint): string {
  const above = sideOf(value, limits) > 0 ? "Above" : "Below";
  if (cause === "outside") return above === "Above" ? "Above UCL" : "Below LCL";
  if (cause === "trend") return `7 Point Trend (${direction > 0 ? "Increasing" : "Decreasing"})`;
  if (cause === "two-of-three") return `2 in 3 ${above} CL`;
  return cause === "run" ? `7 Points ${above} CL` : "Common Cause";
}

const flags = ({ value, limits }: ChartPoint): boolean[] => [isOutside(value, limits), isClose(value, limits)];
const orNull = (side: number): number | null => (Number.isNaN(side) ? null : side);
const asSide = (side: unknown): unknown => side ?? null;

function spread(field: unknown, length: number): unknown[] {
  return Array.isArray(field) ? field : Array<unknown>(length).fill(field);
}

/** Numbers agree to 1e-12 of the largest value; none is none. */
function same(points: readonly ChartPoint[], name: keyof ChartPoint["limits"], expected: readonly unknown[]): void {
  const largest = points.reduce((most, { value }) => (Math.abs(value) > most ? Math.abs(value) : most), 0);
  for (const [at, { limits }] of points.entries()) {
    const number = expected[at];
    if (typeof number !== "number") expect(limits[name], `${name} of point ${at}`).toBeNaN();
    else expect(Math.abs(limits[name] - number), `${name} of point ${at}`).toBeLessThanOrEqual(1e-12 * largest);
  }
}

/** Stretches of points that are in a trend, within one group. */
function trendsOf(points: readonly ChartPoint[]): ChartPoint[][] {
  const found: ChartPoint[][] = [];
  for (const [at, point] of points.entries()) {
    const before = points[at - 1];
    if (point.cause !== "trend") continue;
    if (before?.cause === "trend" && before.group === point.group) found.at(-1)?.push(point);
    else found.push([point]);
  }
  return found;
}
