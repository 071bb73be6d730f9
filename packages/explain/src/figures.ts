import type { ExplainedFigure, Explanation, GivenFigure } from "@signalbox/db";
import { columns } from "./columns.ts";
import { dayOf, minuteOf } from "./moments.ts";
import { wrap } from "./wrap.ts";
import { boardAndSlt } from "./versions.ts";
import { countOf, reasonsInWords, TIERS, type Words } from "./words.ts";

const BELOW_SHOWN = 4;

/** The figures that decided the case, one line a period. */
export function figureLines({ figures, versions }: Explanation, words: Words): string[] {
  const limits = new Map(versions.thresholds.map((limit) => [limit.id, boardAndSlt(limit, words)]));
  const rows = figures.map((figure) => [
    words.shortPeriod(figure.period),
    words.value(figure.value),
    figure.plan === null ? "-" : words.value(figure.plan),
    figure.rag,
    figure.tier === "none" ? "-" : figure.tier,
    figure.threshold === null ? "-" : (limits.get(figure.threshold) ?? "-"),
    notesOn(figure),
  ]);
  return columns([["period", "value", "plan", "RAG", "tier", "board/SLT", ""], ...rows], "  ");
}

function notesOn(figure: ExplainedFigure): string {
  const { deterioratingFor, silentFor, provisional, partial, watch, restated, mark, noValue } = figure;
  const notes = [
    deterioratingFor > 0 ? `worse for ${deterioratingFor}` : "",
    silentFor > 0 ? `silent for ${silentFor}` : "",
    provisional ? "provisional" : "",
    partial ? "partial" : "",
    watch ? "watch" : "",
    restated ? "restated" : "",
    mark ?? "",
    noValue ?? "",
  ];
  return notes.filter((note) => note !== "").join(", ");
}

/** Where each figure came from: file, row, day. */
export function sourceLines({ figures }: Explanation, words: Words): string[] {
  return figures.flatMap((figure) => {
    const shown = figure.below.slice(0, BELOW_SHOWN);
    const more = figure.below.length - shown.length;
    const lines = [
      ...figure.given.map((given) =>
        given.holds
          ? givenText(given, words)
          : `${givenText(given, words)} [${given.withdrawn ? "withdrawn" : "superseded"}]`,
      ),
      ...(figure.below.length > 0
        ? [`${words.value(figure.value)} from ${countOf(figure.below.length, "row")} of those below:`]
        : []),
      ...shown.map((given) => `${given.organisation}: ${givenText(given, words)}`),
      ...(more > 0 ? [`and ${more} more, with --json`] : []),
      ...(figure.missing.length > 0 ? [`missing: ${figure.missing.join(", ")}`] : []),
    ];
    if (lines.length === 0) return [];
    return [`  ${words.period(figure.period)}`, ...lines.flatMap((line) => wrap(line, { indent: 4, hang: 2 }))];
  });
}

function givenText(given: GivenFigure, words: Words): string {
  const { submission, row, filename, receivedAt, issued, value, numerator, denominator, noValue, mark, comment } =
    given;
  const said = value === null && noValue !== null ? `no value (${noValue})` : words.value(value);
  const parts = numerator === null || denominator === null ? "" : ` = ${numerator} / ${denominator}`;
  const later = issued === dayOf(receivedAt) ? "" : `, issued ${issued}`;
  const remark = comment === null || comment === "" ? "" : `; comment: ${comment}`;
  const marked = mark === null ? "" : `, ${mark}`;
  return `${said}${parts}${marked}: submission ${submission}, row ${row} of ${filename ?? "a file"}, received ${minuteOf(receivedAt)}${later}${remark}`;
}

/** Decisions that restated figures or a changed catalogue have replaced. */
export function replacedLines({ replaced, versions }: Explanation, words: Words): string[] {
  const at = new Map(versions.evaluations.map((evaluation) => [evaluation.id, evaluation.at]));
  return replaced.flatMap((old) => {
    const why = reasonsInWords(old.reasons);
    const until = at.get(old.replacedBy);
    const facts = [
      `${words.period(old.period)}: was ${words.value(old.value)}, ${old.rag}`,
      old.tier === "none" ? "" : `before ${TIERS[old.tier]}`,
      why,
      old.submission === null ? "" : `by submission ${old.submission}`,
      `decided by evaluation ${old.evaluation}, replaced by ${old.replacedBy}${until === undefined ? "" : ` at ${minuteOf(until)}`}`,
    ];
    return wrap(facts.filter((fact) => fact !== "").join(", "), { indent: 2, hang: 2 });
  });
}
