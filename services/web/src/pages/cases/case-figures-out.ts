import type { Explanation } from "@signalbox/db";
import { formatPeriod } from "@signalbox/domain";
import type { TableOut } from "../../way-out.ts";

/** The figures of a case as a table to take away, latest first and unrounded. */
export function caseFiguresOut({ case: one, figures }: Pick<Explanation, "case" | "figures">): TableOut {
  return {
    name: `case ${one.id} figures`,
    columns: [
      { key: "metric", title: "Metric code" },
      { key: "organisation", title: "Organisation code" },
      { key: "period", title: "Period" },
      { key: "value", title: "Value" },
      { key: "plan", title: "Plan" },
      { key: "rag", title: "RAG" },
      { key: "tier", title: "Before" },
      { key: "deterioratingFor", title: "Periods worse in a row" },
      { key: "provisional", title: "Provisional" },
      { key: "partial", title: "Partial" },
      { key: "restated", title: "Restated" },
      { key: "mark", title: "Mark" },
      { key: "noValue", title: "Why no value" },
    ],
    rows: figures.toReversed().map(({ period, value, plan, rag, tier, ...figure }) => ({
      metric: one.metric,
      organisation: one.organisation,
      period: formatPeriod(period, one.frequency),
      value,
      plan,
      rag,
      tier,
      deterioratingFor: figure.deterioratingFor,
      provisional: figure.provisional,
      partial: figure.partial,
      restated: figure.restated,
      mark: figure.mark,
      noValue: figure.noValue,
    })),
  };
}
