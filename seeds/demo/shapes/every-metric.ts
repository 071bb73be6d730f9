import type { MetricShape } from "../shape.ts";
import { elective } from "./elective.ts";
import { mentalHealth } from "./mental-health.ts";
import { primaryAndCommunity } from "./primary-and-community.ts";
import { qualityAndSafety } from "./quality-and-safety.ts";
import { urgentAndEmergency } from "./urgent-and-emergency.ts";

/** Every metric of the demo with its usual figures, in the order of `catalogue/metrics.csv`. */
export const everyMetric: readonly MetricShape[] = [
  ...urgentAndEmergency,
  ...elective,
  ...mentalHealth,
  ...primaryAndCommunity,
  ...qualityAndSafety,
];
