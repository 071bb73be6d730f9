import type { Explanation } from "@signalbox/db";
import { formatPeriod, type Period } from "@signalbox/domain";

const PERIODS = new Set(["period", "raisedIn", "endedIn", "lastValueIn"]);
const MONTHS = new Set(["from", "to"]);

/** The explanation for machines: ids as strings, periods as the API writes them. */
export function explanationDocument(explanation: Explanation): unknown {
  const { case: one, events: _events, names: _names, ...evidence } = explanation;
  const { notices: _notices, ...rest } = one;
  const all = { ...rest, ...evidence, id: String(one.id), events: explanation.events };
  return withPeriods(all, one.frequency);
}

function withPeriods(value: unknown, frequency: "monthly" | "quarterly"): unknown {
  if (Array.isArray(value)) return value.map((one) => withPeriods(one, frequency));
  if (value === null || typeof value !== "object" || value instanceof Temporal.Instant) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (typeof inner === "number" && PERIODS.has(key)) return [key, formatPeriod(inner as Period, frequency)];
      if (typeof inner === "number" && MONTHS.has(key)) return [key, formatPeriod(inner as Period, "monthly")];
      if (key === "definitionChanges")
        return [key, (inner as Period[]).map((period) => formatPeriod(period, frequency))];
      return [key, withPeriods(inner, frequency)];
    }),
  );
}
