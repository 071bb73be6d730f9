import type { EarlierDecision, ExplainedFigure, Explanation, GivenFigure } from "@signalbox/db";
import type { Period } from "@signalbox/domain";
import { type Fact, said, withUnder } from "./fact.ts";
import { dayOf, minuteOf } from "./moments.ts";
import { boardAndSlt } from "./versions.ts";
import { countOf, reasonsInWords, TIERS, type Words } from "./words.ts";

const BELOW_SHOWN = 4;

/** One figure that decided the case, as words; "-" where there is none. */
export interface FigureRow {
  readonly period: Period;
  readonly value: string;
  readonly plan: string;
  readonly rag: ExplainedFigure["rag"];
  readonly tier: string;
  /** "76.0%/70.0%": the board's and the SLT's. */
  readonly limits: string;
  readonly notes: string;
}

/** The figures that decided the case, one row a period. */
export function figureRows({ figures, versions }: Explanation, words: Words): FigureRow[] {
  const limits = new Map(versions.thresholds.map((limit) => [limit.id, boardAndSlt(limit, words)]));
  return figures.map((figure) => ({
    period: figure.period,
    value: words.value(figure.value),
    plan: figure.plan === null ? "-" : words.value(figure.plan),
    rag: figure.rag,
    tier: figure.tier === "none" ? "-" : figure.tier,
    limits: figure.threshold === null ? "-" : (limits.get(figure.threshold) ?? "-"),
    notes: notesOn(figure),
  }));
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
export function sourceFacts({ figures }: Explanation, words: Words): Fact[] {
  return figures.flatMap((figure) => {
    const shown = figure.below.slice(0, BELOW_SHOWN);
    const more = figure.below.length - shown.length;
    const from = figure.below.length === 0 ? "" : countOf(figure.below.length, "row");
    const under = [
      ...figure.given.map((given) => givenFact(given, words)),
      ...(from === "" ? [] : [said`${words.value(figure.value)} from ${from} of those below:`]),
      ...shown.map((given) => said`${given.organisation}: ${givenFact(given, words).parts}`),
      ...(more > 0 ? [said`and ${more} more`] : []),
      ...(figure.missing.length > 0 ? [said`missing: ${figure.missing.join(", ")}`] : []),
    ];
    return under.length === 0 ? [] : [withUnder(said`${words.period(figure.period)}`, under)];
  });
}

/** "74.6%: submission 1, row 3 of good.csv, received 2024-04-20 10:00" */
export function givenFact(given: GivenFigure, words: Words): Fact {
  const { submission, row, filename, receivedAt, issued, value, numerator, denominator, noValue, mark, comment } =
    given;
  const what = value === null && noValue !== null ? `no value (${noValue})` : words.value(value);
  const parts = numerator === null || denominator === null ? "" : ` = ${numerator} / ${denominator}`;
  const marked = mark === null ? "" : `, ${mark}`;
  const later = issued === dayOf(receivedAt) ? "" : `, issued ${issued}`;
  const within = { inside: submission, text: `, row ${row} of ${filename ?? "a file"}` };
  const remark = { inside: submission, text: comment === null || comment === "" ? "" : `; comment: ${comment}` };
  const fate = given.holds ? "" : ` [${given.withdrawn ? "withdrawn" : "superseded"}]`;
  return said`${what}${parts}${marked}: ${{ submission }}${within}, received ${minuteOf(receivedAt)}${later}${remark}${fate}`;
}

/** Decisions that restated figures or a changed catalogue have replaced. */
export function replacedFacts({ replaced, versions }: Explanation, words: Words): Fact[] {
  const at = new Map(versions.evaluations.map((evaluation) => [evaluation.id, evaluation.at]));
  return replaced.map((old) => {
    const until = at.get(old.replacedBy);
    const gone = until === undefined ? "" : ` at ${minuteOf(until)}`;
    const by = old.submission === null ? "" : [", by ", { submission: old.submission }];
    return said`${wasInWords(old, words)}${by}, decided by evaluation ${old.evaluation}, replaced by ${old.replacedBy}${gone}`;
  });
}

function wasInWords(old: EarlierDecision, words: Words): string {
  const facts = [
    `${words.period(old.period)}: was ${words.value(old.value)}, ${old.rag}`,
    old.tier === "none" ? "" : `before ${TIERS[old.tier]}`,
    reasonsInWords(old.reasons),
  ];
  return facts.filter((fact) => fact !== "").join(", ");
}
