import type { MetricShape } from "../shape.ts";

/** The Urgent and Emergency Care Board: winters are worse. */
export const urgentAndEmergency: readonly MetricShape[] = [
  {
    metric: "ae-4h",
    region: { level: 78.5, season: -0.8, noise: 0.4 },
    written: "share",
    shapes: [
      { organisation: "STH-R", level: 79, season: -0.8, noise: 0.8, of: 9800 },
      { organisation: "STH-E", level: 83, season: -0.6, noise: 0.7, of: 6400 },
      { organisation: "FNH", level: 82, season: -0.8, noise: 0.8, of: 7600 },
    ],
  },
  {
    metric: "ae-12h",
    written: "whole",
    shapes: [
      { organisation: "STH-R", level: 26, season: 6, noise: 4 },
      { organisation: "STH-E", level: 11, season: 3, noise: 2 },
      { organisation: "FNH", level: 31, season: 7, noise: 5 },
    ],
  },
  {
    metric: "ae-attendances",
    written: "volume",
    counts: "ae-4h",
    shapes: [
      { organisation: "STH-R", level: 0, noise: 0, of: 9800 },
      { organisation: "STH-E", level: 0, noise: 0, of: 6400 },
      { organisation: "FNH", level: 0, noise: 0, of: 7600 },
    ],
  },
  {
    metric: "cat2-response",
    region: { level: 1740, season: 60, noise: 30 },
    written: "duration",
    shapes: [{ organisation: "TRA", level: 1585, season: 50, noise: 55 }],
  },
  {
    metric: "handover-60",
    written: "whole",
    shapes: [
      { organisation: "STH", level: 88, season: 14, noise: 12 },
      { organisation: "FNH", level: 74, season: 11, noise: 10 },
    ],
  },
];
