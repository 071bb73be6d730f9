import type {
  FormerParent,
  OrganisationKind,
  Period,
  Protocol,
  Source,
  Successor,
  ThresholdRow,
} from "@signalbox/domain";
import type { Forum, Metric, Organisation, Person, SeriesDetail } from "./current-catalogue.ts";

/** A row of series.csv, whole. */
export interface SeriesDetailRow extends SeriesDetail {
  readonly contract: string | null;
  readonly commissioner: string | null;
}

/** A row of thresholds.csv; `from` and `to` are months, both included. */
export interface ThresholdToLoad extends Omit<ThresholdRow, "id" | "scope"> {
  readonly metric: string;
  readonly organisation: string | null;
  readonly level: OrganisationKind | null;
  readonly approvedOn: string | null;
  readonly minute: string | null;
}

export interface PlanRow {
  readonly metric: string;
  readonly organisation: string;
  readonly period: Period;
  readonly value: number;
}

export interface TargetRow {
  readonly metric: string;
  readonly organisation: string | null;
  readonly value: number;
  readonly from: Period;
  readonly to: Period | null;
  readonly source: string | null;
}

export interface ComparatorRow {
  readonly metric: string;
  readonly name: string;
  readonly period: Period;
  readonly value: number;
}

/** All rows of a catalogue that was checked: codes are known and keys are given once. `readCatalogue` gives such. */
export interface CatalogueRows {
  readonly organisations: readonly Organisation[];
  readonly forums: readonly Forum[];
  readonly people: readonly Person[];
  readonly metrics: readonly Metric[];
  readonly seriesDetails: readonly SeriesDetailRow[];
  readonly thresholds: readonly ThresholdToLoad[];
  readonly plans: readonly PlanRow[];
  readonly targets: readonly TargetRow[];
  readonly comparators: readonly ComparatorRow[];
  readonly sources: readonly Source[];
  readonly successors: readonly Successor[];
  readonly formerParents: readonly FormerParent[];
  readonly protocol: Protocol;
}
