import { nameOfPeriod } from "@signalbox/domain";
import type { RowFacts } from "./rows.ts";

const TIERS = { none: "nobody", board: "the board", slt: "the SLT" } as const;

/** The cases of a series and its series above and below, with their addresses. */
export function aroundInWords({ around, catalogue, found }: Pick<RowFacts, "around" | "catalogue" | "found">) {
  const seriesOf = (code: string) => ({
    name: catalogue.organisations.get(code)?.name ?? code,
    href: `/series/${encodeURIComponent(found.metric)}/${encodeURIComponent(code)}`,
  });
  return {
    cases: around.cases.map(({ id, tier, forum, raisedIn, endedIn, standing }) => ({
      id,
      before: (forum !== null && catalogue.forums.get(forum)?.name) || TIERS[tier],
      raised: nameOfPeriod(raisedIn, found.frequency),
      ended: endedIn === null ? null : nameOfPeriod(endedIn, found.frequency),
      standing,
    })),
    above: around.above === null ? null : seriesOf(around.above),
    below: around.below.map(seriesOf),
  };
}
