import type { ScorecardCatalogue, ScorecardScope } from "@signalbox/db";

/** What a scorecard is of, as its page is called: "Those below Westmere, A&E four-hour performance". */
export function titleOf(scope: ScorecardScope, { organisations, forums, metrics }: ScorecardCatalogue): string {
  const { organisation, forum, contract, commissioner, domain, metric, below } = scope;
  const name = organisation === undefined ? undefined : (organisations.get(organisation)?.name ?? organisation);
  const parts = [
    name !== undefined && below === true ? `Those below ${name}` : name,
    forum === undefined ? undefined : (forums.get(forum)?.name ?? forum),
    contract,
    commissioner === undefined ? undefined : `Commissioned by ${commissioner}`,
    domain,
    metric === undefined ? undefined : (metrics.get(metric)?.name ?? metric),
  ];
  return parts.filter((part) => part !== undefined).join(", ");
}
