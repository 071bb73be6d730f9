import type { MetricShape } from "../shape.ts";

/** The Primary and Community Board; general practice is reported by the system itself. */
export const primaryAndCommunity: readonly MetricShape[] = [
  {
    metric: "gp-two-weeks",
    written: "percent",
    shapes: [{ organisation: "WMR", level: 86.5, season: -0.8, noise: 0.7 }],
  },
  {
    metric: "urgent-response-2h",
    written: "percent",
    shapes: [{ organisation: "WCH", level: 86, noise: 0.8 }],
  },
  {
    metric: "community-waits",
    written: "whole",
    frequency: "quarterly",
    shapes: [{ organisation: "WCH", level: 196, noise: 14 }],
  },
  {
    metric: "virtual-ward-use",
    written: "percent",
    shapes: [{ organisation: "WCH", level: 74.5, noise: 1.6 }],
  },
  {
    metric: "dementia-diagnosis",
    written: "percent",
    shapes: [{ organisation: "WMR", level: 65.2, trend: 0.05, noise: 0.25 }],
  },
];
