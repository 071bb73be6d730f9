import type {
  BreachToMend,
  CurrentCatalogue,
  ExpectedEffect,
  InvestmentAsked,
  InvestmentDecisionWord,
  Metric,
} from "@signalbox/db";
import { asPeriod, formatValue, nameOfPeriod } from "@signalbox/domain";
import { nameOfPerson } from "../names-of-people.ts";
import { RAG_MARKS } from "../rag-marks.ts";

export const DECISION_WORDS: Readonly<Record<InvestmentDecisionWord, string>> = {
  agreed: "Agreed",
  "agreed-in-part": "Agreed in part",
  declined: "Declined",
  deferred: "Put off",
};

/** "£883,000"; a dash for none. */
function inPounds(amount: number | null): string {
  return amount === null ? "–" : `£${amount.toLocaleString("en-GB", { maximumFractionDigits: 2 })}`;
}

/** How long a breach has lasted, and how far the figure is past its limit, in words. */
function breachInWords(one: BreachToMend, { metrics, organisations, forums }: CurrentCatalogue) {
  const metric = one.metric === null ? undefined : metrics.get(one.metric);
  const many = one.frequency === "quarterly" ? "quarter" : "month";
  const named = (code: string) => organisations.get(code)?.name ?? code;
  const { past } = one;
  return {
    id: one.id,
    href: `/escalations/${one.id}`,
    name: one.metricName ?? "Several areas",
    organisation: named(one.organisation),
    forum: one.forum === null ? "" : (forums.get(one.forum)?.name ?? one.forum),
    lasted: `${one.length} ${many}${one.length === 1 ? "" : "s"}`,
    ended: !one.standing,
    value: one.value === null || metric === undefined ? null : formatValue(one.value, metric),
    period: one.period === null ? null : nameOfPeriod(asPeriod(one.period), one.frequency),
    mark: past === null ? null : RAG_MARKS[past.rag],
    past:
      past === null || metric === undefined
        ? null
        : `${farIn(past.by, metric)}past the ${past.limit === "slt" ? "SLT" : "board"} limit of ${formatValue(past.at, metric)}`,
  };
}

/** How far, ready for "past the limit": in the metric's unit, by steps of a scale, and nothing of what is yes or no. */
function farIn(by: number, metric: Metric): string {
  if (metric.unit === "yesno") return "";
  if (metric.unit === "ordinal") return `${by} ${by === 1 ? "step" : "steps"} `;
  return `${formatValue(by, metric)} `;
}

/** What an action is meant to move: "A&E four-hour performance at Northwick by 4.0% by March 2027". */
export function effectInWords(
  { metric: code, organisation, by, in: period }: ExpectedEffect,
  catalogue: CurrentCatalogue,
) {
  const metric = catalogue.metrics.get(code);
  const where = catalogue.organisations.get(organisation)?.name ?? organisation;
  const much = by === null || metric === undefined ? "" : ` by ${farIn(by, metric).trim()}`;
  const when = period === null ? "" : `, in ${nameOfPeriod(asPeriod(period), metric?.frequency ?? "monthly")}`;
  return `${metric?.name ?? code} at ${where}${much}${when}`;
}

/** What a plan asks for, as a page shows it. */
export function askedInWords(asked: InvestmentAsked, catalogue: CurrentCatalogue) {
  return {
    ...asked,
    organisationName: catalogue.organisations.get(asked.organisation)?.name ?? asked.organisation,
    pounds: inPounds(asked.cost),
    effects: asked.effects.map((one) => effectInWords(one, catalogue)),
    cases: asked.cases.map((one) => breachInWords(one, catalogue)),
    decisions: asked.decisions.map((one) => ({
      ...one,
      word: DECISION_WORDS[one.decision],
      pounds: one.amount === null ? null : inPounds(one.amount),
      forumName: catalogue.forums.get(one.forum)?.name ?? one.forum,
      who: nameOfPerson(catalogue, one.by),
      ofEarlier: one.revision !== asked.revision,
    })),
  };
}
