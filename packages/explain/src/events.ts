import type { EscalationEvent, Explanation } from "@signalbox/db";
import { type Fact, said, withUnder } from "./fact.ts";
import { minuteOf } from "./moments.ts";
import { reasonsInWords, TIERS, type Words } from "./words.ts";

/** Each move of the case, with what decided it; moves that a later decision replaced are marked. */
export function eventFacts({ events, versions }: Explanation, words: Words): Fact[] {
  const evaluations = new Map(versions.evaluations.map((evaluation) => [evaluation.id, evaluation]));
  return events.map((event) => {
    const named = [...event.metrics.map(words.metric), ...event.areas.map(words.forum)].join(", ");
    const by = evaluations.get(event.evaluation);
    const decided = by === undefined ? "" : `, catalogue version ${by.catalogueVersion}, protocol ${by.protocol}`;
    return withUnder(said`${moveInWords(event, words)}`, [
      ...(named === "" ? [] : [said`${named}`]),
      said`decided ${minuteOf(event.at)} by evaluation ${event.evaluation}${decided}`,
    ]);
  });
}

/** "March 2024: raised, before the SLT: past the limit (for the SLT) [restated]" */
function moveInWords(event: EscalationEvent, words: Words): string {
  const before = event.tier === "none" ? "" : `, before ${TIERS[event.tier]}`;
  const why = reasonsInWords(event.reasons);
  const marks = [
    event.restated ? "restated" : "",
    event.replacedAt === null ? "" : `replaced ${minuteOf(event.replacedAt)}`,
  ].filter((mark) => mark !== "");
  const marked = marks.length > 0 ? ` [${marks.join(", ")}]` : "";
  return `${words.period(event.period)}: ${event.event}${before}${why === "" ? "" : `: ${why}`}${marked}`;
}
