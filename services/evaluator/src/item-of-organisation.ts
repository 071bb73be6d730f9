import type { CountedAct } from "@signalbox/db";
import { stepOf } from "@signalbox/domain";
import {
  actBehind,
  endedWithoutFigure,
  whyByPeople,
  whyEnded,
  type CaseChange,
  type DecidedEvent,
  type CatalogueView,
  periodName,
} from "@signalbox/evaluation";

/** The facts of a move of a reporting or several-areas case, ready to print. */
export function itemOfOrganisation(
  view: CatalogueView,
  event: DecidedEvent,
  change: CaseChange,
  acts: readonly CountedAct[],
): Record<string, unknown> {
  const { subject } = change.decision;
  const { catalogue } = view;
  const before = change.events[change.events.indexOf(event) - 1];
  const areas = event.areas.map((code) => catalogue.forums.get(code)?.name ?? code);
  const metrics = event.metrics.map((code) => catalogue.metrics.get(code)?.name ?? code);
  const byPeople = whyByPeople(event.reasons, actBehind(acts, event));
  const isReporting = subject.concern === "reporting";
  return {
    title: isReporting ? "Missing returns" : "In trouble in several areas",
    organisation: catalogue.organisations.get(subject.organisation)?.name ?? subject.organisation,
    organisationCode: subject.organisation,
    ...(isReporting ? { area: catalogue.forums.get(subject.area ?? "")?.name ?? "" } : {}),
    periodName: periodName(event.period, subject.frequency),
    tier: event.tier,
    ...(before === undefined ? {} : { was: before.tier }),
    since: periodName(change.raisedIn, subject.frequency),
    why: endedWithoutFigure(event)
      ? whyEnded(catalogue, subject.organisation, event)
      : byPeople !== ""
        ? byPeople
        : isReporting
          ? whyMissing(event, change)
          : whySeveral(event, areas),
    ...(metrics.length > 0 ? { metrics } : {}),
    ...(areas.length > 0 ? { areas } : {}),
  };
}

function whyMissing(event: DecidedEvent, change: CaseChange): string {
  if (event.event === "resolved") return "Figures came in, or somebody said why there are none";
  const step = stepOf(change.decision.subject.frequency);
  const periods = (event.period - change.raisedIn) / step + 1;
  const noun = step === 1 ? "month" : "quarter";
  return periods === 1
    ? "No figures and no reason for too long"
    : `No figures and no reason for ${periods} ${noun}s more`;
}

function whySeveral(event: DecidedEvent, areas: readonly string[]): string {
  if (event.event === "resolved") return "Cases stand in fewer areas again";
  return `Cases stand in ${areas.length} areas: ${areas.join(", ")}`;
}
