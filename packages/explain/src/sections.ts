import type { Explanation } from "@signalbox/db";
import { eventFacts } from "./events.ts";
import { type Fact, said } from "./fact.ts";
import { type FigureRow, figureRows, replacedFacts, sourceFacts } from "./figures.ts";
import { headingFacts } from "./heading.ts";
import { requestFacts, toldFacts } from "./told.ts";
import { catalogueFacts, definitionFacts, limitFacts, ruleFacts } from "./versions.ts";
import { countOf, TIERS, type Words, wordsFor } from "./words.ts";

const FACTS = {
  events: ["What happened", eventFacts],
  sources: ["Where the figures came from", sourceFacts],
  silent: ["Silent metrics", silentFacts],
  others: ["Cases that stand at the same time", otherFacts],
  limits: ["Limits", limitFacts],
  rules: ["Rules", ruleFacts],
  definition: ["Definition", definitionFacts],
  catalogues: ["Catalogues", catalogueFacts],
  replaced: ["Decisions that were replaced", replacedFacts],
  told: ["Who was told", toldFacts],
  requests: ["What was asked for", requestFacts],
} as const satisfies Record<string, readonly [string, (explanation: Explanation, words: Words) => readonly Fact[]]>;

export type SectionKey = keyof typeof FACTS;

/** Facts of one kind; `facts` may be empty. */
export interface Section {
  readonly key: SectionKey;
  readonly title: string;
  readonly facts: readonly Fact[];
}

/** Why a case stands, as facts: what both the command and the page say, each in its own way. */
export interface ExplainedCase {
  readonly heading: readonly Fact[];
  /** Of a case of performance. */
  readonly figures: readonly FigureRow[];
  readonly sections: readonly Section[];
}

/** Puts all that a case stands on into words. */
export function explainedCase(explanation: Explanation): ExplainedCase {
  const words = wordsFor(explanation);
  const sections = Object.entries(FACTS).map(([key, [title, factsOf]]) => ({
    key: key as SectionKey,
    title,
    facts: factsOf(explanation, words),
  }));
  return { heading: headingFacts(explanation, words), figures: figureRows(explanation, words), sections };
}

function silentFacts({ silent }: Explanation, words: Words): Fact[] {
  return silent.map(({ metric, lastValueIn, silentFor }) => {
    const last = lastValueIn === null ? "never had a value" : `last value in ${words.period(lastValueIn)}`;
    return said`${words.metric(metric)}: ${last}, silent for ${countOf(silentFor, "period")}`;
  });
}

function otherFacts({ others }: Explanation, words: Words): Fact[] {
  return others.map(({ id, metric, area, tier, raisedIn, endedIn }) => {
    const end = endedIn === null ? `, before ${TIERS[tier]}` : `, ended in ${words.period(endedIn)}`;
    return said`${{ case: id }}: ${words.metric(metric)} (${words.forum(area)}), raised in ${words.period(raisedIn)}${end}`;
  });
}
