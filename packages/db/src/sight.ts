import { ORGANISATION_KINDS, type OrganisationKind } from "@signalbox/domain";
import { sql } from "kysely";
import { isVisible, sees, type Visible } from "./visible-organisations.ts";

/**
 * How far somebody sees. Of `organisations` (null is all) everything. Before `forums` the cases shown to them, and the
 * figures of their areas at the levels that become cases: not what lies below those, nor what is not released.
 */
export interface Sight {
  readonly organisations: Visible;
  /** Codes of forums, those below them included. */
  readonly forums: readonly string[];
  /** The kinds of organisations that become cases (contract 6, rule 10). */
  readonly levels: readonly OrganisationKind[];
}

export const SEES_ALL: Sight = { organisations: null, forums: [], levels: ORGANISATION_KINDS };
export const SEES_NOTHING: Sight = { organisations: [], forums: [], levels: [] };

/** The sight of somebody who is of organisations alone, as every API key is. */
export function sightOfOrganisations(organisations: Visible): Sight {
  return { organisations, forums: [], levels: [] };
}

/**
 * A condition on the row `e` of `escalation`: a case of a visible organisation, or one shown by `now` that stands, or
 * stood, before a visible forum or names one among its areas.
 */
export function caseSeen({ organisations, forums }: Sight, now: Temporal.Instant) {
  const ofOrganisation = isVisible("e.organisation", organisations);
  if (organisations === null || forums.length === 0) return ofOrganisation;
  return sql<boolean>`(${ofOrganisation} or e.shown_at <= ${now.toString()}::timestamptz and (
    e.forum = any(${forums}::text[]) or e.area = any(${forums}::text[])
    or exists (select from escalation_event seen where seen.escalation = e.id and seen.replaced_at is null
      and seen.areas && ${forums}::text[])))`;
}

/**
 * A condition on the columns of a metric's code and an organisation's code: a series of a visible organisation, or one of
 * a visible forum's area at a level that becomes cases.
 */
export function seriesSeen(
  { organisations, forums, levels }: Sight,
  { metric, organisation }: { metric: string; organisation: string },
) {
  const ofOrganisation = isVisible(organisation, organisations);
  if (organisations === null || forums.length === 0) return ofOrganisation;
  return sql<boolean>`(${ofOrganisation} or (
    ${sql.ref(metric)} in (select code from metric where until is null and area = any(${forums}::text[]))
    and ${sql.ref(organisation)} in (select code from organisation where until is null and kind = any(${levels}::text[]))))`;
}

/** Whether a series is seen, given its metric's area and its organisation's kind. */
export function seesSeries(
  { organisations, forums, levels }: Sight,
  series: { readonly organisation: string; readonly kind: OrganisationKind; readonly area: string },
): boolean {
  if (sees(organisations, series.organisation)) return true;
  return forums.includes(series.area) && levels.includes(series.kind);
}
