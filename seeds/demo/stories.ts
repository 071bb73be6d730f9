/** What a period of a story says: a figure, a cell as it is written, no row at all, or what the series usually says. */
export type Told = number | "*" | "N/A" | "#REF!" | typeof ABSENT | typeof USUAL;
export const ABSENT = "absent";
export const USUAL = "usual";

/** Figures of one series that show a rule at work: they stand in place of the usual ones in its latest periods. */
export interface Story {
  readonly metric: string;
  readonly organisation: string;
  /** The rule at work, in the words of the README's table. */
  readonly shows: string;
  /** Oldest first; the last is the last period. */
  readonly latest: readonly Told[];
  /** What the figures mean where they are no values: points from the plan, or per cent of it. */
  readonly against?: "plan-points" | "plan-percent";
  /** Written beside each row of the story. */
  readonly comment?: string;
}

const times = (n: number, told: Told): Told[] => Array.from({ length: n }, () => told);

/** The demo's stories: what each shows is said in README.md, and `stories.test.ts` sees it happen. */
export const stories: readonly Story[] = [
  {
    metric: "handover-60",
    organisation: "FNH",
    shows: "amber",
    latest: [79, 75, 182, 169, 176],
  },
  {
    metric: "ae-12h",
    organisation: "FNH",
    shows: "red",
    latest: [134, 141],
  },
  {
    metric: "urgent-response-2h",
    organisation: "WCH",
    shows: "deterioration, confirmed",
    latest: [85.7, 86.8, 83.4, 79.6, 74.6],
  },
  {
    metric: "diag-6w",
    organisation: "FNH",
    shows: "deterioration, watched only",
    latest: [4.2, 3.9, 4.1, 4.3, 4.5],
  },
  {
    metric: "cancer-fds",
    organisation: "FNH",
    shows: "definition change: too few figures since to confirm",
    latest: [81.2, 81.9, 80.3, 79.1, 77.6],
  },
  {
    metric: "cat2-response",
    organisation: "TRA",
    shows: "persistence",
    latest: [1610, 1560, 1905, 1980, 1930, 2010, 1945, 1990, 1960],
  },
  {
    metric: "cancer-62d",
    organisation: "STH",
    shows: "relapse after recovery",
    latest: [76.8, 66.2, 64.1, 66.8, 76.1, ...times(6, USUAL), 75.1, 76.8, 66.4, 65.2],
  },
  {
    metric: "handover-60",
    organisation: "STH",
    shows: "step down after two better months",
    latest: [91, 84, 341, 356, 232, 221],
  },
  {
    metric: "follow-up-72h",
    organisation: "MHT",
    shows: "silence",
    latest: times(2, ABSENT),
  },
  {
    metric: "rtt-18w",
    organisation: "STH",
    shows: "variance from plan by month",
    latest: [-1.7, -2.2, -1.9],
    against: "plan-points",
  },
  {
    metric: "rtt-52w",
    organisation: "STH",
    shows: "percent variance from plan, red",
    latest: [9, 8, 17, 18],
    against: "plan-percent",
  },
  {
    metric: "ae-4h",
    organisation: "STH-R",
    shows: "own limits, and a month that lacks a site",
    latest: [76.9, 78.9, 67.4, 65.2, 66.6, 64.8, 62.3],
  },
  ...["ae-4h", "ae-12h", "ae-attendances"].map((metric) => ({
    metric,
    organisation: "STH-E",
    shows: "a month that lacks a site",
    latest: [ABSENT] as const,
  })),
  {
    metric: "sickness",
    organisation: "STH",
    shows: "amber, and the third area in which the trust stands",
    latest: [5.0, 4.7, 6.5, 6.4],
  },
  {
    metric: "agency-spend",
    organisation: "WCH",
    shows: "percent variance of money that accumulates",
    latest: times(9, 36),
    against: "plan-percent",
  },
  {
    metric: "community-waits",
    organisation: "WCH",
    shows: "persistence of a quarterly metric",
    latest: [191, 184, 372, 344],
  },
  {
    metric: "outsourcing",
    organisation: "STH",
    shows: "deterioration of a quarterly metric, limits not reached",
    latest: [1_120_000, 1_060_000, 1_340_000, 1_720_000],
  },
  {
    metric: "inspection-rating",
    organisation: "FNH",
    shows: "an ordinal past its limit for a year",
    latest: times(4, 1),
  },
  {
    metric: "safe-staffing",
    organisation: "MHT",
    shows: "a yes or no past its limit",
    latest: [0],
  },
  {
    metric: "virtual-ward-use",
    organisation: "WCH",
    shows: "draft limits",
    latest: [73.2, 75.1, 66.5, 64.2, 65.1, 58.7, 57.2],
  },
  {
    metric: "eating-disorder-1w",
    organisation: "MHT",
    shows: "suppressed values",
    latest: ["*", USUAL, USUAL, "*", USUAL, "*"],
    comment: "Fewer than five people",
  },
  {
    metric: "restraint",
    organisation: "MHT",
    shows: "two better months, held until the chair signs off",
    latest: [15.3, 14.8, 15.6, 8.9, 8.3],
  },
  {
    metric: "restraint",
    organisation: "MHT-H",
    shows: "a ward past the limit keeps its tier and makes no case",
    latest: [15.2, 14.9, 16.3],
  },
  {
    metric: "never-events",
    organisation: "STH",
    shows: "a never event that was resolved",
    latest: [1, ...times(7, USUAL)],
  },
  {
    metric: "never-events",
    organisation: "FNH",
    shows: "a never event, told at once",
    latest: [1],
  },
  {
    metric: "theatre-use",
    organisation: "FNH",
    shows: "a row that is refused",
    latest: ["#REF!"],
  },
  {
    metric: "sickness",
    organisation: "TRA",
    shows: "no value, with a reason",
    latest: ["N/A", USUAL, USUAL, USUAL],
    comment: "Roster system moved; figures not to be had",
  },
];

/** A figure that was first sent wrong and put right by a later file; `ago` counts back from the last period. */
export interface Restatement {
  readonly metric: string;
  readonly organisation: string;
  readonly ago: number;
  readonly firstSaid: number;
}

/** As first said the figure raises a case to the SLT; as restated, its usual one, it withdraws it. */
export const restatements: readonly Restatement[] = [{ metric: "falls", organisation: "FNH", ago: 1, firstSaid: 9.85 }];
