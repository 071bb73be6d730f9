import type { CatalogueNames, EscalationRecord, Explanation } from "@signalbox/db";
import { type Frequency, nameOfPeriod } from "@signalbox/domain";
import type { FigureRow } from "@signalbox/explain";

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
  "sign-off": "it waits for its chair to sign it off",
  "signed-off": "its chair signed it off",
  "closed-by-chair": "its chair closed it",
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
  /** "has stood before the System Leadership Team since March 2024" */
  readonly stands: string;
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
  return {
    id: one.id,
    title,
    organisation,
    area,
    tier: one.tier,
    before: forum,
    since,
    status,
    stands: `${stands}${end}`,
    sentence,
  };
}

function titleOf(one: EscalationRecord, names: CatalogueNames): string {
  const metricName = (code: string) => names.metrics.get(code)?.name ?? code;
  if (one.concern === "performance") return metricName(one.metric ?? "");
  if (one.concern === "reporting") return `Missing returns: ${one.metrics.map(metricName).join(", ") || "none named"}`;
  return `Several areas: ${one.areas.map((area) => names.forums.get(area) ?? area).join(", ") || "none named"}`;
}

/** A period of a case as a row: value, plan, RAG, and why. */
export interface ValueRow {
  readonly period: string;
  readonly value: string;
  readonly plan: string;
  readonly limits: string;
  readonly mark: (typeof MARKS)[keyof typeof MARKS];
  readonly before: string;
  readonly notes: string;
}

/** The figures of a case as rows, latest first. */
export function valueRows(rows: readonly FigureRow[], frequency: Frequency): ValueRow[] {
  return rows.toReversed().map(({ period, value, plan, rag, tier, limits, notes }) => ({
    period: nameOfPeriod(period, frequency),
    value,
    plan: none(plan),
    limits: none(limits),
    mark: MARKS[rag],
    before: tier === "slt" ? "SLT" : tier === "board" ? "Board" : "–",
    notes,
  }));
}

/** A cell in which "-" says that there is none. */
function none(cell: string): string {
  return cell === "-" ? "–" : cell;
}

/** How a RAG is shown: by a shape and a word. */
export function markOf(rag: keyof typeof MARKS): (typeof MARKS)[keyof typeof MARKS] {
  return MARKS[rag];
}

/** A move of a case in words: "Raised before the SLT, March 2024". */
export interface Move {
  readonly period: string;
  readonly what: string;
  readonly why: string;
  readonly at: Temporal.Instant;
  readonly restated: boolean;
}

/** Where a case moved, latest first; that it went on or was held is no move. */
export function movesOf(events: Explanation["events"], frequency: Frequency): Move[] {
  const moves = events.filter(
    ({ event, replacedAt }) => replacedAt === null && event !== "continued" && event !== "held",
  );
  return moves.toReversed().map(({ period, event, tier, at, reasons, restated }) => ({
    period: nameOfPeriod(period, frequency),
    what: tier === "none" ? EVENTS[event] : `${EVENTS[event]}, before ${TIERS[tier]}`,
    why: reasonsInWords(reasons),
    at,
    restated,
  }));
}

/** An event of a case by its name for people. */
export function eventInWords(event: Explanation["events"][number]["event"]): string {
  return EVENTS[event];
}

/** "past the limit (for the SLT); getting worse (for the board)" */
export function reasonsInWords(reasons: Explanation["events"][number]["reasons"]): string {
  return reasons
    .map(({ rule, tier }) => {
      const words = RULES[rule] ?? rule;
      return tier === "none" ? words : `${words} (for ${TIERS[tier as keyof typeof TIERS]})`;
    })
    .join("; ");
}
