import type { Explanation } from "@signalbox/db";
import { minuteOf } from "./moments.ts";
import { wrap } from "./wrap.ts";
import { reasonsInWords, TIERS, type Words } from "./words.ts";

/** Each move of the case, with what decided it; moves that a later decision replaced are marked. */
export function eventLines({ events, versions }: Explanation, words: Words): string[] {
  const evaluations = new Map(versions.evaluations.map((evaluation) => [evaluation.id, evaluation]));
  return events.flatMap((event) => {
    const before = event.tier === "none" ? "" : `, before ${TIERS[event.tier]}`;
    const why = reasonsInWords(event.reasons);
    const marks = [
      event.restated ? "restated" : "",
      event.replacedAt === null ? "" : `replaced ${minuteOf(event.replacedAt)}`,
    ];
    const marked = marks.filter((mark) => mark !== "");
    const named = [...event.metrics.map(words.metric), ...event.areas.map(words.forum)].join(", ");
    const by = evaluations.get(event.evaluation);
    const decided = by === undefined ? "" : `, catalogue version ${by.catalogueVersion}, protocol ${by.protocol}`;
    return [
      ...wrap(
        `${words.period(event.period)}: ${event.event}${before}${why === "" ? "" : `: ${why}`}${marked.length > 0 ? ` [${marked.join(", ")}]` : ""}`,
        { indent: 2, hang: 4 },
      ),
      ...(named === "" ? [] : wrap(named, { indent: 6 })),
      ...wrap(`decided ${minuteOf(event.at)} by evaluation ${event.evaluation}${decided}`, { indent: 6 }),
    ];
  });
}
