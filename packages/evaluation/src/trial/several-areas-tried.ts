import type { CountedAct, OrganisationSeries } from "@signalbox/db";
import type { DecidedEvent } from "../case-changes.ts";
import type { CatalogueView } from "../catalogue-view.ts";
import { organisationDecisions } from "../organisation-decisions.ts";
import type { Rated } from "./assess-all.ts";

/** A provider's series in all areas as they are decided now, some of them as other limits would have it. */
export function severalAreasTried(
  view: CatalogueView,
  {
    organisation,
    series,
    acts,
    rated,
  }: {
    organisation: string;
    series: readonly OrganisationSeries[];
    acts: readonly CountedAct[];
    rated: ReadonlyMap<string, Rated>;
  },
): readonly DecidedEvent[] {
  const tried = series.map((one): OrganisationSeries => {
    const other = rated.get(`${one.metric}\n${organisation}`);
    if (other === undefined) return one;
    const { assessment } = other.assessed;
    return {
      organisation,
      metric: one.metric,
      submitted: one.submitted,
      first: assessment.first,
      tier: assessment.tier,
      get silentFor() {
        return Float64Array.from(assessment.silentFor);
      },
      get values() {
        return Float64Array.from(assessment.rag, (rag) => (rag === 0 ? NaN : 0));
      },
    };
  });
  const decision = organisationDecisions(view, organisation, { series: tried, acts }).find(
    ({ subject }) => subject.concern === "several-areas",
  );
  return decision?.events ?? [];
}
