import type { CurrentCatalogue, Metric, SeriesPoint, SeriesPoints } from "@signalbox/db";
import { asPeriod } from "@signalbox/domain";
import { expect, test } from "vitest";
import { chartedSeries } from "./charted-series.ts";
import { ragAndSpc } from "./rag-and-spc.ts";

const spend = {
  code: "spend",
  name: "Spend since April",
  unit: "count",
  decimals: 0,
  scale: [] as string[],
  better: "lower",
  frequency: "monthly",
  accumulates: "year",
} as unknown as Metric;
const april = 12 * 2024 + 3;
// The same every month: only its sum runs up, and falls back each April.
const points = Array.from({ length: 23 }, (_, at) => ({
  period: asPeriod(april + at),
  value: 100 * ((at % 12) + 1),
  plan: null,
  target: null,
})) as unknown as SeriesPoint[];
const found = {
  metric: "spend",
  organisation: "RA",
  frequency: "monthly",
  better: "lower",
  kind: "provider",
  definitionChanges: [],
  recalculations: [],
  points,
} as unknown as SeriesPoints;
const charted = (accumulates: Metric["accumulates"]) => {
  const metrics = new Map([["spend", { ...spend, accumulates }]]);
  const catalogue = { metrics, thresholds: new Map(), organisations: new Map() } as unknown as CurrentCatalogue;
  return chartedSeries(catalogue, found, { organisation: "A trust" });
};

test.each(["year", "quarter", "rolling-12"] as const)("calls nothing special of what runs up by %s", (accumulates) => {
  const drawn = charted(accumulates);
  expect(drawn?.chart.variation).toBeNull();
  expect(drawn?.svg).not.toMatch(/special cause|common cause|Upper limit|Mean/i);
  expect(drawn?.svg).toContain("1,100");
  expect(drawn && ragAndSpc({ rag: "green", frequency: "monthly" }, drawn, "lower")).toBeNull();
});

test("has limits and kinds where each month stands for itself", () => {
  expect(charted("none")?.svg).toMatch(/special cause.*Upper limit/is);
});
