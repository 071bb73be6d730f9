import type { Explanation } from "@signalbox/db";
import { wrap } from "./wrap.ts";
import { eventLines } from "./events.ts";
import { figureLines, replacedLines, sourceLines } from "./figures.ts";
import { headingLines } from "./heading.ts";
import { requestLines, toldLines } from "./told.ts";
import { catalogueLines, definitionLines, limitLines, ruleLines } from "./versions.ts";
import { countOf, TIERS, type Words, wordsFor } from "./words.ts";

type Section = readonly [title: string, lines: (explanation: Explanation, words: Words) => readonly string[]];

const sections: readonly Section[] = [
  ["What happened", eventLines],
  ["Figures", (explanation, words) => (explanation.figures.length === 0 ? [] : figureLines(explanation, words))],
  ["Where the figures came from", sourceLines],
  ["Silent metrics", silentLines],
  ["Cases that stand at the same time", otherLines],
  ["Limits", limitLines],
  ["Rules", ruleLines],
  ["Definition", definitionLines],
  ["Catalogues", catalogueLines],
  ["Decisions that were replaced", replacedLines],
  ["Who was told", toldLines],
  ["What was asked for", requestLines],
];

/** Why a case stands, as plain text of 80 columns; sections that have nothing to say are left out. */
export function explanationLines(explanation: Explanation): string[] {
  const words = wordsFor(explanation);
  const said = sections.flatMap(([title, linesOf]) => {
    const lines = linesOf(explanation, words);
    return lines.length === 0 ? [] : ["", title.toUpperCase(), ...lines];
  });
  return [...headingLines(explanation, words), ...said];
}

function silentLines({ silent }: Explanation, words: Words): string[] {
  return silent.flatMap(({ metric, lastValueIn, silentFor }) => {
    const last = lastValueIn === null ? "never had a value" : `last value in ${words.period(lastValueIn)}`;
    return wrap(`${words.metric(metric)}: ${last}, silent for ${countOf(silentFor, "period")}`, { indent: 2, hang: 2 });
  });
}

function otherLines({ others }: Explanation, words: Words): string[] {
  return others.flatMap(({ id, metric, area, tier, raisedIn, endedIn }) => {
    const end = endedIn === null ? `, before ${TIERS[tier]}` : `, ended in ${words.period(endedIn)}`;
    return wrap(
      `case ${id}: ${words.metric(metric)} (${words.forum(area)}), raised in ${words.period(raisedIn)}${end}`,
      {
        indent: 2,
        hang: 2,
      },
    );
  });
}
