import type { Evidence } from "./assess.ts";
import type { DecidedEvent } from "./case-changes.ts";
import type { CatalogueView } from "./catalogue-view.ts";
import { periodName } from "./why.ts";

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
