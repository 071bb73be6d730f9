import type { Assessment, CatalogueNames, EscalationRecord } from "@signalbox/db";
import { formatValue, nameOfPeriod } from "@signalbox/domain";

const TIERS = { none: "nobody", board: "the board", slt: "the SLT" } as const;
const EVENTS = {
  raised: "Raised",
  "stepped-up": "Stepped up",
  continued: "Continued",
  held: "Held",
  "stepped-down": "Stepped down",
  resolved: "Resolved",
  withdrawn: "Withdrawn",
} as const;
const RULES: Readonly<Record<string, string>> = {
  threshold: "past the limit",
  persistence: "past a limit for long",
  deterioration: "getting worse",
  missing: "returns are missing",
  "several-areas": "several areas stand at once",
  closed: "the organisation has closed",
  "nobody-below": "nobody stands below it any more",
};
const MARKS = {
  red: { word: "Red", shape: "▲" },
  amber: { word: "Amber", shape: "◆" },
  green: { word: "Green", shape: "●" },
  grey: { word: "No data", shape: "○" },
  unrated: { word: "Not rated", shape: "◇" },
} as const;

/** A case in a line: what, where, before whom, since when. */
export interface CaseSummary {
  readonly id: number;
  readonly title: string;
  readonly organisation: string;
  readonly area: string;
  readonly tier: EscalationRecord["tier"];
  readonly before: string;
  readonly since: string;
  readonly status: "Standing" | "Resolved" | "Withdrawn";
  readonly sentence: string;
}

/** How a case is called and what is said of it first. */
export function summaryOf(one: EscalationRecord, names: CatalogueNames): CaseSummary {
  const organisation = names.organisations.get(one.organisation) ?? one.organisation;
  const title = titleOf(one, names);
  const since = nameOfPeriod(one.raisedIn, one.frequency);
  const status = one.withdrawn ? "Withdrawn" : one.standing ? "Standing" : "Resolved";
  const forum = (one.forum && names.forums.get(one.forum)) ?? TIERS[one.tier];
  const area = one.area === null ? "" : (names.forums.get(one.area) ?? one.area);
  const stands = one.standing
    ? `has stood before the ${forum.replace(/^the /i, "")} since ${since}`
    : `was raised in ${since}`;
  const end = one.endedIn === null ? "" : ` and ended in ${nameOfPeriod(one.endedIn, one.frequency)}`;
  const sentence = `${title} at ${organisation} ${stands}${end}.`;
  return { id: one.id, title, organisation, area, tier: one.tier, before: forum, since, status, sentence };
}

function titleOf(one: EscalationRecord, names: CatalogueNames): string {
  const metricName = (code: string) => names.metrics.get(code)?.name ?? code;
  if (one.concern === "performance") return metricName(one.metric ?? "");
  if (one.concern === "reporting") return `Missing returns: ${one.metrics.map(metricName).join(", ") || "none named"}`;
  return `Several areas: ${one.areas.map((area) => names.forums.get(area) ?? area).join(", ") || "none named"}`;
}

/** The values and the moves of a case, ready to print, latest first. */
export function historyOf(one: EscalationRecord, assessments: readonly Assessment[], names: CatalogueNames) {
  const metric = one.metric === null ? undefined : names.metrics.get(one.metric);
  const shown = (value: number | null) => (metric ? formatValue(value, metric) : String(value ?? "no value"));
  const values = assessments.toReversed().map((at) => ({
    period: nameOfPeriod(at.period, at.frequency),
    value: shown(at.value),
    plan: at.plan === null ? "none" : shown(at.plan),
    mark: MARKS[at.rag],
    before: TIERS[at.tier],
    why: reasonsInWords(at.reasons),
    notes: [
      at.provisional && "provisional",
      at.partial && "partial",
      at.restated && "restated",
      at.watch && "watch",
      at.mark,
      at.noValue,
    ].filter((note) => note !== false && note !== null),
  }));
  const events = one.events.toReversed().map((event) => ({
    period: nameOfPeriod(event.period, one.frequency),
    what: EVENTS[event.event],
    before: TIERS[event.tier],
    at: event.at,
    why: reasonsInWords(event.reasons),
    restated: event.restated,
  }));
  return { values, events };
}

function reasonsInWords(reasons: EscalationRecord["events"][number]["reasons"]): string {
  return reasons
    .map(({ rule, tier }) => (tier === "none" ? wordsOf(rule) : `${wordsOf(rule)} (for ${TIERS[tier]})`))
    .join("; ");
}

function wordsOf(rule: string): string {
  return RULES[rule] ?? rule;
}
