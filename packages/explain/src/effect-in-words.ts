import type { Effect, Frequency } from "@signalbox/domain";

const OUTCOME: Readonly<Record<Effect["by"], readonly [moved: string, not: string]>> = {
  spc: ["a special cause of improvement", "no special cause of improvement"],
  promise: ["it has come to what the plan promised", "it has not come to what the plan promised"],
  before: ["it is better than it was then", "it is no better than it was then"],
};

/** Whether a figure moved once the actions were done: "4 months since delivery, no special cause of improvement". */
export function effectInWords({ moved, by, periods }: Effect, frequency: Frequency): string {
  const unit = frequency === "monthly" ? "month" : "quarter";
  const since = periods === 0 ? "No figures" : `${periods} ${unit}${periods === 1 ? "" : "s"}`;
  return `${since} since delivery, ${OUTCOME[by][moved ? 0 : 1]}`;
}
