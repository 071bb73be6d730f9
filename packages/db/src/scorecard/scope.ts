import type { OrganisationKind } from "@signalbox/domain";
import { ORGANISATION_KINDS } from "@signalbox/domain";
import type { Metric } from "../catalogue/current-catalogue.ts";
import { sees } from "../visible-organisations.ts";
import { seesSeries, type Sight } from "../sight.ts";
import type { ScorecardCatalogue } from "./scorecard-catalogue.ts";

/** What a scorecard is of: all that is given must hold; the domain and the metric narrow it. */
export interface ScorecardScope {
  readonly organisation?: string | undefined;
  /** Of those directly below the organisation, in its place. */
  readonly below?: boolean | undefined;
  readonly forum?: string | undefined;
  readonly contract?: string | undefined;
  readonly commissioner?: string | undefined;
  readonly domain?: string | undefined;
  readonly metric?: string | undefined;
}

/** The series of a scorecard: those of these metrics and organisations, and where `pairs` is given of those alone. */
export interface ScopedSeries {
  readonly metrics: readonly string[];
  readonly organisations: readonly string[];
  /** "metric organisation" */
  readonly pairs: ReadonlySet<string> | null;
}

export const pairOf = (metric: string, organisation: string): string => `${metric} ${organisation}`;

/** The series that a scope names, as far as somebody's sight reaches by organisation and by forum. */
export function scopedSeries(catalogue: ScorecardCatalogue, scope: ScorecardScope, sight: Sight): ScopedSeries {
  const areas = scope.forum === undefined ? null : forumsUnder(catalogue, scope.forum);
  const metrics = [...catalogue.metrics.values()].filter(
    ({ code, domain, area }) =>
      (areas === null || areas.has(area)) &&
      (scope.domain === undefined || domain === scope.domain) &&
      (scope.metric === undefined || code === scope.metric),
  );
  const pairs = pairsOf(catalogue, scope);
  const candidates = organisationsOf(catalogue, scope, pairs !== null);
  const organisations = candidates.filter((code) => seesAny(catalogue, sight, { organisation: code, metrics }));
  return { metrics: metrics.map(({ code }) => code), organisations, pairs };
}

/** Whether somebody sees an organisation wholly, or by a forum some of its figures. */
export function seesOrganisation(catalogue: ScorecardCatalogue, sight: Sight, organisation: string): boolean {
  if (!catalogue.organisations.has(organisation)) return false;
  return seesAny(catalogue, sight, { organisation, metrics: [...catalogue.metrics.values()] });
}

/** The kinds of organisations whose series become cases, and so stand on a forum's scorecard. */
export function levelsOf({ protocol }: ScorecardCatalogue): readonly OrganisationKind[] {
  return protocol.body.escalate ?? ORGANISATION_KINDS;
}

/** A forum and all below it. */
export function forumsUnder({ forums }: ScorecardCatalogue, forum: string): ReadonlySet<string> {
  const under = new Set([forum]);
  for (const one of under) for (const { code, parent } of forums.values()) if (parent === one) under.add(code);
  return under;
}

/** Those directly below an organisation, in order of name. */
export function childrenOf({ below }: ScorecardCatalogue, organisation: string): string[] {
  return (below.get(organisation) ?? []).map(({ code }) => code);
}

function seesAny(
  { organisations }: ScorecardCatalogue,
  sight: Sight,
  { organisation, metrics }: { organisation: string; metrics: readonly Metric[] },
): boolean {
  if (sees(sight.organisations, organisation)) return true;
  const kind = organisations.get(organisation)?.kind;
  return kind !== undefined && metrics.some(({ area }) => seesSeries(sight, { organisation, kind, area }));
}

function pairsOf({ contracted }: ScorecardCatalogue, scope: ScorecardScope): ReadonlySet<string> | null {
  if (scope.contract === undefined && scope.commissioner === undefined) return null;
  const chosen = contracted.filter(
    ({ contract, commissioner }) =>
      (scope.contract === undefined || contract === scope.contract) &&
      (scope.commissioner === undefined || commissioner === scope.commissioner),
  );
  return new Set(chosen.map(({ metric, organisation }) => pairOf(metric, organisation)));
}

function organisationsOf(catalogue: ScorecardCatalogue, scope: ScorecardScope, isContracted: boolean): string[] {
  if (scope.organisation !== undefined)
    return scope.below === true ? childrenOf(catalogue, scope.organisation) : [scope.organisation];
  const all = [...catalogue.organisations.values()];
  // A contract may be with anybody; a forum looks at those whose figures become its cases.
  const levels = levelsOf(catalogue);
  return all.filter(({ kind }) => isContracted || levels.includes(kind)).map(({ code }) => code);
}
