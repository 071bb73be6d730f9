import type { MetricShape } from "../shape.ts";

/** The Mental Health Board: small teams and small numbers. */
export const mentalHealth: readonly MetricShape[] = [
  {
    metric: "therapy-recovery",
    region: { level: 49.5, noise: 0.4 },
    written: "share",
    shapes: [
      { organisation: "MHT-N", level: 53.2, noise: 0.8, of: 1350 },
      { organisation: "MHT-S", level: 52.6, noise: 0.8, of: 1100 },
    ],
  },
  {
    metric: "follow-up-72h",
    written: "percent",
    shapes: [{ organisation: "MHT", level: 87, noise: 1.3 }],
  },
  {
    metric: "out-of-area-days",
    written: "whole",
    accumulates: "quarter",
    shapes: [{ organisation: "MHT", level: 52, noise: 9, planned: { level: 60, trend: 0 } }],
  },
  {
    metric: "young-people-seen",
    written: "whole",
    accumulates: "rolling-12",
    shapes: [{ organisation: "MHT", level: 476, trend: 1, noise: 18 }],
  },
  {
    metric: "eating-disorder-1w",
    written: "percent",
    shapes: [{ organisation: "MHT", level: 93.5, noise: 1.8 }],
  },
  {
    metric: "restraint",
    written: "decimal",
    shapes: [
      { organisation: "MHT-H", level: 9.5, noise: 1 },
      { organisation: "MHT", level: 7.8, noise: 0.6 },
    ],
  },
];
