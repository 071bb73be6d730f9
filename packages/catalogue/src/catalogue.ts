import type {
  Aggregation,
  Basis,
  FormerParent,
  MetricPlausibility,
  MetricRules,
  OrganisationKind,
  Period,
  Protocol,
  Source,
  Successor,
} from "@signalbox/domain";

export const FORUM_ROLES = ["chair", "member", "secretary", "observer"] as const;
export const ORGANISATION_ROLES = ["owner", "author", "submitter", "executive", "analyst"] as const;
export const SYSTEM_ROLES = ["operator", "auditor", "administrator"] as const;
export type Role = (typeof FORUM_ROLES)[number] | (typeof ORGANISATION_ROLES)[number] | (typeof SYSTEM_ROLES)[number];

/** A node of the tree; only the system has no parent. `opened` and `closed` are days, "YYYY-MM-DD". */
export interface Organisation {
  readonly code: string;
  readonly name: string;
  readonly kind: OrganisationKind;
  readonly parent: string | null;
  readonly opened: string | null;
  readonly closed: string | null;
  /** Whether the executive signs off before the organisation's figures are released. */
  readonly signOff: boolean;
}

export interface Forum {
  readonly code: string;
  readonly name: string;
  readonly tier: "board" | "slt";
  readonly parent: string | null;
}

/** One thing that a person is; the address is in lower case. */
export interface Person {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly forum: string | null;
  readonly organisation: string | null;
}

/** `scale` is worst first and empty but for ordinals; `minimumChange` is in the metric's unit. */
export interface Metric extends MetricRules, MetricPlausibility {
  readonly code: string;
  readonly name: string;
  readonly description: string;
  readonly area: string;
  readonly domain: string;
  readonly scale: readonly string[];
  readonly aggregation: Aggregation;
  readonly dueWorkingDay: number | null;
  readonly urgent: boolean;
}

export interface SeriesDetail {
  readonly metric: string;
  readonly organisation: string;
  readonly owner: string | null;
  readonly author: string | null;
  readonly contract: string | null;
  readonly commissioner: string | null;
}

/** Limits of one organisation, of a level, or (with neither) of all; `from` and `to` are months, both included. */
export interface Threshold {
  readonly metric: string;
  readonly organisation: string | null;
  readonly level: OrganisationKind | null;
  readonly basis: Basis;
  readonly board: number | null;
  readonly slt: number | null;
  readonly from: Period;
  readonly to: Period | null;
  readonly status: "draft" | "approved";
  readonly approvedOn: string | null;
  readonly minute: string | null;
}

export interface Plan {
  readonly metric: string;
  readonly organisation: string;
  readonly period: Period;
  readonly value: number;
}

export interface Target {
  readonly metric: string;
  readonly organisation: string | null;
  readonly value: number;
  readonly from: Period;
  readonly to: Period | null;
  readonly source: string | null;
}

/** What others publish for a period of a metric, and whose it is: a region's average. */
export interface Comparator {
  readonly metric: string;
  readonly name: string;
  readonly period: Period;
  readonly value: number;
}

/** The whole folder, checked: every code is known, every value is in its metric's unit. */
export interface Catalogue {
  readonly organisations: readonly Organisation[];
  readonly forums: readonly Forum[];
  readonly people: readonly Person[];
  readonly metrics: readonly Metric[];
  readonly seriesDetails: readonly SeriesDetail[];
  readonly thresholds: readonly Threshold[];
  readonly plans: readonly Plan[];
  readonly targets: readonly Target[];
  readonly comparators: readonly Comparator[];
  readonly sources: readonly Source[];
  readonly successors: readonly Successor[];
  readonly formerParents: readonly FormerParent[];
  readonly protocol: Protocol;
}
