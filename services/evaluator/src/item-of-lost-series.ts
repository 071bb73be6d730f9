import { type Evidence, type DecidedEvent, type CatalogueView, periodName } from "@signalbox/evaluation";

/** What is said of a case whose series has lost all its values: it should not have stood. */
export function itemOfLostSeries(
  view: CatalogueView,
  { metric, organisation }: Evidence,
  event: DecidedEvent,
): Record<string, unknown> {
  return {
    title: metric.name,
    metric: metric.code,
    organisation: organisation.name,
    organisationCode: organisation.code,
    area: view.catalogue.forums.get(metric.area)?.name ?? metric.area,
    periodName: periodName(event.period, metric.frequency),
    tier: event.tier,
    rag: "grey",
    why: "The figures that it rested on no longer stand",
    restated: true,
  };
}
