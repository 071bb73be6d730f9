import type { MetricShape } from "../shape.ts";

/** The Elective Care Board: waiting lists that come down along a plan. */
export const elective: readonly MetricShape[] = [
  {
    metric: "rtt-18w",
    region: { level: 62.5, noise: 0.3 },
    written: "share",
    shapes: [
      { organisation: "STH", level: 63.6, trend: 0.2, noise: 0.35, of: 41_000, planned: { level: 63, trend: 0.2 } },
      { organisation: "FNH", level: 66.1, trend: 0.2, noise: 0.35, of: 27_500, planned: { level: 65.5, trend: 0.2 } },
    ],
  },
  {
    metric: "rtt-52w",
    written: "whole",
    shapes: [
      { organisation: "STH", level: 870, trend: -24, noise: 12, planned: { level: 900, trend: -24 } },
      { organisation: "FNH", level: 385, trend: -11, noise: 6, planned: { level: 400, trend: -11 } },
    ],
  },
  {
    metric: "cancer-62d",
    region: { level: 72, noise: 0.8 },
    written: "share",
    shapes: [
      { organisation: "STH", level: 76, noise: 1.3, of: 2400 },
      { organisation: "FNH", level: 77.5, noise: 1.4, of: 1600 },
    ],
  },
  {
    metric: "cancer-fds",
    written: "share",
    shapes: [
      { organisation: "STH", level: 81, was: 75.5, noise: 0.8, of: 3100 },
      { organisation: "FNH", level: 82, was: 76.5, noise: 0.8, of: 2100 },
    ],
  },
  {
    metric: "diag-6w",
    region: { level: 6.5, noise: 0.4 },
    written: "share",
    shapes: [
      { organisation: "STH", level: 4.4, noise: 0.45, of: 12_500 },
      { organisation: "FNH", level: 4.3, noise: 0.45, of: 8200 },
    ],
  },
  {
    metric: "elective-activity",
    systemPlan: 1.015,
    written: "whole",
    accumulates: "year",
    shapes: [
      { organisation: "STH", level: 6450, noise: 110, planned: { level: 6300, trend: 0 } },
      { organisation: "FNH", level: 4200, noise: 75, planned: { level: 4100, trend: 0 } },
    ],
  },
  {
    metric: "theatre-use",
    written: "percent",
    shapes: [
      { organisation: "STH", level: 84.5, noise: 1.2 },
      { organisation: "FNH", level: 83.5, noise: 1.2 },
    ],
  },
  {
    metric: "outsourcing",
    written: "money",
    frequency: "quarterly",
    shapes: [
      { organisation: "STH", level: 1_150_000, noise: 60_000 },
      { organisation: "FNH", level: 690_000, noise: 45_000 },
    ],
  },
];
