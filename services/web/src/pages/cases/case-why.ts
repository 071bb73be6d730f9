import type { ExplainedFigure, Explanation, ThresholdRecord } from "@signalbox/db";
import { dayInWords } from "@signalbox/mail";
import { rulesFor, type Rules } from "@signalbox/domain";
import { type Fact, said } from "@signalbox/explain";
import { givenFact } from "@signalbox/explain/figures";
import { limitFigure } from "@signalbox/explain/versions";
import { countOf, type Words } from "@signalbox/explain/words";

/** One answer to "why": what it is about, and what is so. */
export interface Why {
  readonly term: string;
  readonly facts: readonly Fact[];
}

type Restatable = Pick<ExplainedFigure, "period" | "value" | "restated">;

/** How many restatements are named. */
const SHOWN = 3;

/** The last figure of a case that has a value, else its last. */
export function lastFigure({ figures }: Pick<Explanation, "figures">): ExplainedFigure | undefined {
  return figures.findLast(({ value }) => value !== null) ?? figures.at(-1);
}

/** The limits that rated a figure. */
export function limitOf({ versions }: Explanation, figure: ExplainedFigure | undefined): ThresholdRecord | undefined {
  return versions.thresholds.find(({ id }) => id === figure?.threshold);
}

/** "70.0% for the SLT, 76.0% for the board" */
export function limitInWords(limit: ThresholdRecord, words: Words): string {
  const one = (figure: number | null, whose: string) =>
    figure === null ? [] : [`${limitFigure(figure, { basis: limit.basis, words })} for the ${whose}`];
  const both = [...one(limit.slt, "SLT"), ...one(limit.board, "board")].join(", ");
  if (both === "") return "none is set";
  return limit.basis === "value" ? both : `${both}, against plan`;
}

/** Why a case stands, in plain words: rule, limit, what is measured, where the figure came from, plan, what was restated. */
export function whyOf(explanation: Explanation, words: Words): Why[] {
  const { case: one, figures, replaced, versions } = explanation;
  const rules = versions.protocols.at(-1);
  const last = explanation.events.findLast(({ replacedAt }) => replacedAt === null);
  const rule = last === undefined || rules === undefined ? [] : ruleFacts(last, rulesFor(rules.body, one.frequency));
  const why: Why[] = [{ term: "Rule", facts: rule }];
  if (one.concern !== "performance") return why.filter(({ facts }) => facts.length > 0);
  const figure = lastFigure(explanation);
  return [
    ...why,
    { term: "Limit", facts: [limitFact(limitOf(explanation, figure), { explanation, words })] },
    { term: "Measures", facts: definition(explanation) },
    {
      term: "Plan",
      facts: [said`${figure === undefined || figure.plan === null ? "None" : words.value(figure.plan)}`],
    },
    { term: "Came from", facts: sources(figure, words) },
    { term: "Restated", facts: [said`${restatedInWords({ figures, replaced }, words)}`] },
  ].filter(({ facts }) => facts.length > 0);
}

/**
 * "Yes: October 2026 was 65.2% before". A decision that found no figure yet, or the same one, was replaced and restates
 * nothing.
 */
export function restatedInWords(
  {
    figures,
    replaced,
  }: { figures: readonly Restatable[]; replaced: readonly Pick<ExplainedFigure, "period" | "value">[] },
  words: Pick<Words, "period" | "value">,
): string {
  const now = new Map(figures.map(({ period, value }) => [period, value]));
  const before = replaced.filter(({ period, value }) => value !== null && value !== now.get(period));
  const told = before
    .slice(-SHOWN)
    .map(({ period, value }) => `${words.period(period)} was ${words.value(value)} before`);
  const others = before.length > SHOWN ? [`${before.length - SHOWN} earlier changes`] : [];
  const named = new Set(before.map(({ period }) => period));
  const silent = figures.filter(({ period, restated }) => restated && !named.has(period));
  const facts = [
    ...told,
    ...others,
    ...silent.slice(-SHOWN).map(({ period }) => `the figure of ${words.period(period)}`),
  ];
  return facts.length === 0 ? "Nothing was restated" : `Yes: ${facts.join("; ")}`;
}

function ruleFacts(
  { event, reasons, tier }: Explanation["events"][number],
  { deterioration, persistence, missing, multipleAreas, stepDownAfter }: Rules,
): Fact[] {
  const to = (whose: string) => ({ slt: "the SLT", board: "the board", none: "nobody" })[whose] ?? whose;
  const sentences = reasons.map((reason) => {
    const whose = to(reason.tier);
    const after = reason.tier === "slt" ? deterioration?.sltAfter : deterioration?.boardAfter;
    const known: Readonly<Record<string, string>> = {
      threshold: `It is past the limit of ${whose}.`,
      persistence: `It has been past a limit for ${persistence?.sltAfter ?? "many"} periods in a row or more.`,
      deterioration: `It got worse ${after ?? "several"} times in a row or more.`,
      missing: `Its returns have not come for ${countOf(missing?.boardAfter ?? 1, "period")} or more.`,
      "several-areas": `Cases stand in ${multipleAreas?.areas ?? "several"} areas or more at once.`,
      closed: "The organisation has closed.",
      "nobody-below": "Nobody stands below it any more.",
      "sign-off": "It is better now. It steps down when its chair signs it off.",
      "signed-off": "It was better for long enough, and its chair signed it off.",
      "closed-by-chair": "Its chair closed it: no figure could end it.",
    };
    const sentence = known[reason.rule] ?? `${reason.rule}.`;
    return reason.tier === "none" ? sentence : `${sentence} That brings it to ${whose}.`;
  });
  const isSigned = reasons.some(({ rule }) => rule === "sign-off");
  if (event === "held" && !isSigned)
    sentences.push(`It is better now. It steps down when it stays so for ${countOf(stepDownAfter, "period")}.`);
  if (sentences.length === 0 && tier !== "none") sentences.push(`It stands before ${to(tier)} as it did.`);
  return sentences.map((sentence) => said`${sentence}`);
}

function limitFact(
  limit: ThresholdRecord | undefined,
  { explanation, words }: { explanation: Explanation; words: Words },
): Fact {
  if (limit === undefined) return said`No limit is set.`;
  const { area } = explanation.case;
  const board = area === null ? "its board" : `the ${words.forum(area).replace(/^the /i, "")}`;
  const on = limit.approvedOn === null ? "" : ` on ${dayInWords(limit.approvedOn)}`;
  const minute = limit.minute === null ? "" : `, minute ${limit.minute}`;
  const approved =
    limit.status === "draft" ? "A draft: its board has not approved it yet" : `Approved by ${board}${on}${minute}`;
  const version = `limit ${limit.id}, catalogue version ${limit.since}`;
  return said`${capital(limitInWords(limit, words))}. ${approved} (${version}).`;
}

function definition({ versions }: Explanation): Fact[] {
  const one = versions.definitions.at(-1);
  if (one === undefined) return [];
  const better = one.better === "neither" ? "Neither way is better" : `${capital(one.better)} is better`;
  return [said`${one.description === "" ? one.name : one.description.replace(/\.$/, "")}. ${better}.`];
}

function sources(figure: ExplainedFigure | undefined, words: Words): Fact[] {
  if (figure === undefined) return [];
  const given = figure.given.find(({ holds }) => holds);
  if (given !== undefined) return [givenFact(given, words)];
  return figure.below.length === 0 ? [] : [said`Worked out from ${countOf(figure.below.length, "figure")} below it.`];
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
