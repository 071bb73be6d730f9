import { isFresh, lastPassedPeriod } from "../calendar.ts";
import type { Tier } from "../tier.ts";
import type { AgendaCase, AgendaGroup, CaseStood } from "./agenda-case.ts";
import { figureMoved } from "./figure-moved.ts";

/** Of what forum an agenda is, and by which rules a case that is first seen counts as new. */
export interface AgendaRules {
  /** A board looks at its area, whatever tier its cases stand on; the SLT at what stands before it. */
  readonly tier: "board" | "slt";
  readonly tellWithin: number;
  readonly dueWorkingDay: number;
}

const HEIGHT: Readonly<Record<Tier, number>> = { none: 0, board: 1, slt: 2 };
const ENDED: ReadonlySet<CaseStood["event"]> = new Set(["resolved", "withdrawn"]);

/**
 * The heading of a case: the first that holds. Null for what the forum need not see: what ended before it knew of it, and,
 * before the SLT, what is not and was not before it. A case that came with older figures (contract 6, fresh) is not new: it is
 * measured against the period before.
 */
export function agendaGroup(one: AgendaCase, rules: AgendaRules): AgendaGroup | null {
  const stands = isBefore(one.now, rules);
  if (!stands) return leaves(one, rules);
  if (isNew(one, rules)) return "new";
  const was = one.known ?? one.before;
  const figureWas = one.known === null ? one.figureBefore : one.figureKnown;
  const moved = was === null ? 0 : movedFrom(one, was, figureWas);
  if (moved > 0) return "worse";
  if (one.isChallenged) return "challenged";
  if (one.isHeldForSignOff) return "held-for-sign-off";
  if (one.isDisputed) return "disputed";
  return moved < 0 ? "better" : "unchanged";
}

function isNew(one: AgendaCase, rules: AgendaRules): boolean {
  if (one.known !== null) return !isBefore(one.known, rules);
  if (isFreshAt(one.raisedIn, one.raisedAt, one, rules)) return true;
  return one.before !== null && !isBefore(one.before, rules);
}

/** What is no longer before the forum: it ended, or stepped down to a board, since the forum knew of it. */
function leaves(one: AgendaCase, rules: AgendaRules): AgendaGroup | null {
  const was = one.known ?? one.before;
  if (was === null || !isBefore(was, rules)) return null;
  if (one.known === null && !isFreshAt(one.now.period, one.now.at, one, rules)) return null;
  return ENDED.has(one.now.event) ? "resolved" : "better";
}

function isBefore({ event, tier }: CaseStood, rules: AgendaRules): boolean {
  return !ENDED.has(event) && (rules.tier === "slt" ? tier === "slt" : tier !== "none");
}

/** Positive: it got worse; negative: better. The tier counts first, then what the case names, then its figure. */
function movedFrom(one: AgendaCase, was: CaseStood, figureWas: AgendaCase["figure"]): number {
  const tiers = HEIGHT[one.now.tier] - HEIGHT[was.tier];
  if (tiers !== 0) return tiers;
  if (one.concern !== "performance") return one.now.named - was.named;
  if (one.now.event === "held" && was.period !== one.now.period && isRated(one)) return -1;
  if (one.better === null || one.figure === null || figureWas === null) return 0;
  return figureMoved(figureWas, one.figure, { better: one.better, decimals: one.decimals });
}

/** What holds a case is better only where a limit says so: a period that none rates is held too. */
function isRated({ figure }: AgendaCase): boolean {
  return figure !== null && figure.rag !== "grey" && figure.rag !== "unrated";
}

function isFreshAt(period: AgendaCase["raisedIn"], at: string, one: AgendaCase, rules: AgendaRules): boolean {
  const { frequency } = one;
  const lastPassed = lastPassedPeriod(Temporal.Instant.from(at), frequency, rules.dueWorkingDay);
  return isFresh(period, { lastPassed, tellWithin: rules.tellWithin, frequency });
}
