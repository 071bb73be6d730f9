import { formatValue, relapseAfter, relapseInWords } from "@signalbox/domain";
import type { Assessed } from "./assess.ts";
import { actBehind } from "./case-acts.ts";
import { endedWithoutFigure, whyEnded } from "./carried-on.ts";
import type { CaseChange, DecidedEvent } from "./case-changes.ts";
import type { CatalogueView } from "./catalogue-view.ts";
import { placeOf } from "./series-events.ts";
import { inARow, limitText, periodName, whyByPeople, whyOf } from "./why.ts";

const RAG_WORDS = ["grey", "unrated", "green", "amber", "red"] as const;

/** The facts of one move as they stood when it was decided, ready to print: what an e-mail or page says of it. */
export function itemOfSeries(
  view: CatalogueView,
  assessed: Assessed,
  { event, change }: { event: DecidedEvent; change: Pick<CaseChange, "events" | "raisedIn" | "stored" | "previous"> },
): Record<string, unknown> {
  const { metric, organisation, figures, assessment } = assessed;
  const rules = view.rules(metric);
  const at = placeOf(assessment, event.period);
  const before = change.events[change.events.indexOf(event) - 1];
  const value = figures.value[at] ?? NaN;
  const plan = assessment.planCompared[at] ?? NaN;
  const threshold = view.thresholds(metric.code, organisation).find(({ id }) => id === assessment.threshold[at]);
  const limitTier = event.reasons.some(({ rule, tier }) => rule === "threshold" && tier === "slt") ? "slt" : "board";
  const limit = limitText(threshold, limitTier, metric);
  const why = endedWithoutFigure(event)
    ? whyEnded(view.catalogue, organisation.code, event)
    : whyMoved(event, {
        figures: whyOf(event.reasons, { metric, rules, worseFor: assessment.deterioratingFor[at] ?? 0 }),
        people: whyByPeople(event.reasons, actBehind(assessed.acts, event)),
        recovered: inARow(rules.stepDownAfter, metric.frequency),
      });
  return {
    title: metric.name,
    metric: metric.code,
    organisation: organisation.name,
    organisationCode: organisation.code,
    area: view.catalogue.forums.get(metric.area)?.name ?? metric.area,
    periodName: periodName(event.period, metric.frequency),
    tier: event.tier,
    ...(before === undefined ? {} : { was: before.tier }),
    rag: RAG_WORDS[assessment.rag[at] ?? 0],
    ...(Number.isNaN(value) ? {} : { value: formatValue(value, metric) }),
    ...(limit === undefined ? {} : { limit }),
    ...(Number.isNaN(plan) ? {} : { plan: formatValue(plan, metric) }),
    since: periodName(change.raisedIn, metric.frequency),
    ...relapseOf(change, { frequency: metric.frequency, monitoringPeriods: rules.monitoringPeriods }),
    why,
    ...(event.restated ? { restated: true } : {}),
    ...(assessment.provisional[at] === 1 ? { provisional: true } : {}),
  };
}

/** That the figure is back soon after the case before it, as a line; nothing where it is none. */
function relapseOf(
  { raisedIn, stored, previous }: Pick<CaseChange, "raisedIn" | "stored" | "previous">,
  { frequency, monitoringPeriods }: { frequency: "monthly" | "quarterly"; monitoringPeriods: number | undefined },
): { relapse?: string } {
  const id = previous?.id || stored?.previous;
  const endedIn = previous?.endedIn;
  if (typeof id !== "number" || typeof endedIn !== "number") return {};
  const periods = relapseAfter({ raisedIn, endedIn, frequency }, monitoringPeriods);
  return periods === null ? {} : { relapse: relapseInWords({ periods, previous: id }, frequency) };
}

function whyMoved(
  event: DecidedEvent,
  { figures, people, recovered }: { figures: string; people: string; recovered: string },
): string {
  if (event.reasons.some(({ rule }) => rule === "closed-by-chair")) return people;
  const said = figures === "" ? ending(event, recovered) : figures;
  return people === "" ? said : `${said}. ${people}`;
}

function ending(event: DecidedEvent, recovered: string): string {
  if (event.event === "withdrawn") return "No reason stands any more";
  if (event.event === "none") return "No reason stood in this period";
  const isRecovered = event.reasons.some(({ rule }) => rule === "sign-off");
  if (event.event === "held" && !isRecovered) return "No reason this time, but not yet long enough to stand down";
  return `Nothing past a limit or worsening for ${recovered}`;
}
