import type { MetricShape } from "../shape.ts";

const GOOD = 2;

/** The Quality and Safety Board: safety, staff and what the regulator says. */
export const qualityAndSafety: readonly MetricShape[] = [
  {
    metric: "never-events",
    written: "whole",
    shapes: ["STH", "FNH", "MHT", "WCH"].map((organisation) => ({ organisation, level: 0, noise: 0 })),
  },
  {
    metric: "falls",
    written: "rate",
    shapes: [
      { organisation: "STH", level: 5.1, noise: 0.22, of: 31 },
      { organisation: "STH-R-K", level: 5.6, noise: 0.5, of: 0.9 },
      { organisation: "STH-R-O", level: 4.9, noise: 0.5, of: 0.8 },
      { organisation: "FNH", level: 5.0, noise: 0.22, of: 20 },
      { organisation: "WCH", level: 5.3, noise: 0.3, of: 7 },
    ],
  },
  {
    metric: "c-difficile",
    written: "whole",
    accumulates: "year",
    shapes: [
      { organisation: "STH", level: 4.4, noise: 0.8, planned: { level: 5, trend: 0 } },
      { organisation: "FNH", level: 3.4, noise: 0.8, planned: { level: 4, trend: 0 } },
    ],
  },
  {
    metric: "sickness",
    region: { level: 5.3, season: 0.2, noise: 0.1 },
    written: "share",
    shapes: [
      { organisation: "STH", level: 4.9, season: 0.25, noise: 0.2, of: 182_000 },
      { organisation: "FNH", level: 4.8, season: 0.25, noise: 0.2, of: 121_000 },
      { organisation: "MHT", level: 5.1, season: 0.25, noise: 0.2, of: 64_000 },
      { organisation: "WCH", level: 5.0, season: 0.25, noise: 0.2, of: 58_000 },
      { organisation: "TRA", level: 5.2, season: 0.25, noise: 0.2, of: 49_000 },
    ],
  },
  {
    metric: "agency-spend",
    written: "money",
    accumulates: "year",
    shapes: [
      { organisation: "STH", level: 1_380_000, noise: 45_000, planned: { level: 1_450_000, trend: 0 } },
      { organisation: "FNH", level: 890_000, noise: 30_000, planned: { level: 940_000, trend: 0 } },
      { organisation: "MHT", level: 610_000, noise: 22_000, planned: { level: 640_000, trend: 0 } },
      { organisation: "WCH", level: 405_000, noise: 15_000, planned: { level: 425_000, trend: 0 } },
      { organisation: "TRA", level: 180_000, noise: 8000, planned: { level: 190_000, trend: 0 } },
    ],
  },
  {
    metric: "inspection-rating",
    written: "grade",
    frequency: "quarterly",
    shapes: ["STH", "FNH", "MHT", "WCH", "TRA"].map((organisation) => ({ organisation, level: GOOD, noise: 0 })),
  },
  {
    metric: "safe-staffing",
    written: "yesno",
    shapes: ["STH", "FNH", "MHT", "WCH"].map((organisation) => ({ organisation, level: 1, noise: 0 })),
  },
];
