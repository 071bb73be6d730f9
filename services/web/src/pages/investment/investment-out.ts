import type { CurrentCatalogue, InvestmentAsked } from "@signalbox/db";
import { asPeriod, formatPeriod } from "@signalbox/domain";
import { effectInWords } from "../../investment/investment-words.ts";
import type { TableOut } from "../../way-out.ts";

const COLUMNS = [
  "plan",
  "organisation",
  "what",
  "cost",
  "help",
  "activity",
  "effects",
  "cases",
  "metric",
  "tier",
  "breach_periods",
  "rag",
  "value",
  "period",
  "past_limit_by",
  "decision",
  "amount",
  "decided_by_forum",
  "decided_at",
] as const;

/** What plans ask for as a table: one row a plan, with its worst breach and its latest decision. */
export function investmentOut(asked: readonly InvestmentAsked[], catalogue: CurrentCatalogue): TableOut {
  return {
    name: "investment",
    columns: COLUMNS.map((key) => ({ key, title: key })),
    rows: asked.map(({ plan, organisation, what, cost, help, activity, effects, cases, decisions }) => {
      const [worst] = cases;
      const [last] = decisions;
      return {
        plan,
        organisation,
        what,
        cost,
        help,
        activity,
        effects: effects.map((one) => effectInWords(one, catalogue)).join("; "),
        cases: cases.map(({ id }) => id).join(" "),
        metric: worst?.metric ?? null,
        tier: worst?.tier ?? null,
        breach_periods: worst?.length ?? null,
        rag: worst?.past?.rag ?? null,
        value: worst?.value ?? null,
        period:
          worst === undefined || worst.period === null ? null : formatPeriod(asPeriod(worst.period), worst.frequency),
        past_limit_by: worst?.past?.by ?? null,
        decision: last?.decision ?? null,
        amount: last?.amount ?? null,
        decided_by_forum: last?.forum ?? null,
        decided_at: last?.at.toString() ?? null,
      };
    }),
  };
}

/** What forums decided of one plan as a table, the latest first. */
export function decisionsOut({ plan, decisions }: InvestmentAsked): TableOut {
  const columns = ["at", "forum", "decision", "amount", "note", "by", "revision"];
  return {
    name: `investment of plan ${plan}`,
    columns: columns.map((key) => ({ key, title: key })),
    rows: decisions.map(({ at, forum, decision, amount, note, by, revision }) => {
      return { at: at.toString(), forum, decision, amount, note, by, revision };
    }),
  };
}
