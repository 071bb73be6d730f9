import type { Period } from "./period.ts";
import { GREY, UNRATED } from "./rag.ts";
import { REASONS, REASONS_BY_LIMIT, tierDue } from "./reasons.ts";
import type { SeriesAssessment, SeriesEvent, SeriesFacts } from "./series-facts.ts";
import { close, type Move, move, nothingStands, type Standing } from "./standing.ts";
import { NO_TIER, tierAt } from "./tier.ts";

type Moving = SeriesAssessment & { readonly events: SeriesEvent[] };

const noActs = { needsSignOff: false, signOffs: [], closures: [] };

/**
 * Moves a series' cases by what was rated and by what people did (contract 6, rule 6): a sign-off lets a case step down
 * from its period on, until the figure is due again; a closure ends what stood before its period, with a value or without.
 */
export function moveCases(facts: SeriesFacts, result: Moving): void {
  const { needsSignOff, signOffs, closures } = facts.acts ?? noActs;
  const stepDown = { after: facts.rules.stepDownAfter, needsSignOff };
  const standing = nothingStands();
  const verdict = { due: NO_TIER as number, byLimit: false, limited: false };
  let signed = 0;
  let closed = 0;
  for (let i = 0; i < facts.count; i += 1) {
    const period = (facts.first + i * result.step) as Period;
    const stoodBefore = standing.tier !== NO_TIER;
    for (; (signOffs[signed] ?? Infinity) <= period; signed += 1) standing.signedOff = true;
    const rag = result.rag[i] ?? GREY;
    let event: Move | null = null;
    const reasons = result.reasons[i] ?? 0;
    if (rag !== GREY && facts.partial[i] !== 1) {
      verdict.due = tierDue(reasons);
      verdict.byLimit = (reasons & REASONS_BY_LIMIT) !== 0;
      verdict.limited = rag > UNRATED && result.provisional[i] === 0;
      event = move(standing, verdict, stepDown);
    }
    let isClosed = false;
    for (; (closures[closed] ?? Infinity) <= period; closed += 1) isClosed = stoodBefore;
    if (isClosed) result.events.push(closing(standing, period));
    else if (event !== null) {
      const byPeople = needsSignOff ? signatureIn(event, standing) : 0;
      result.events.push({ period, event, tier: tierAt(standing.tier), reasons: reasons | byPeople });
    }
    result.tier[i] = standing.tier;
  }
  // A chair may close what was raised in the last period reached: it then ends in the next.
  const after = closures[closed];
  if (after !== undefined && standing.tier !== NO_TIER) result.events.push(closing(standing, after as Period));
}

function closing(standing: Standing, period: Period): SeriesEvent {
  close(standing);
  return { period, event: "resolved", tier: tierAt(NO_TIER), reasons: REASONS.closedByChair };
}

function signatureIn(event: Move, { awaitsSignOff }: Standing): number {
  if (awaitsSignOff) return REASONS.awaitsSignOff;
  return event === "stepped-down" || event === "resolved" ? REASONS.signedOff : 0;
}
