import type { DefinitionRecord, Explanation, ThresholdRecord } from "@signalbox/db";
import { nameOfPeriod, type Period, rulesFor } from "@signalbox/domain";
import { type Fact, said } from "./fact.ts";
import { minuteOf } from "./moments.ts";
import type { Words } from "./words.ts";

/** The limits that rated the figures, by their number. */
export function limitFacts({ versions }: Explanation, words: Words): Fact[] {
  return versions.thresholds.map((limit) => said`${limitText(limit, words)}`);
}

/** Both limits of a row as figures: "85.0%/75.0%"; "none" for one that is not set. */
export function boardAndSlt({ basis, board, slt }: ThresholdRecord, words: Words): string {
  return [board, slt].map((limit) => limitFigure(limit, { basis, words })).join("/");
}

/** One limit of a row as a figure; "none" where it is not set. */
export function limitFigure(
  figure: number | null,
  { basis, words }: { basis: ThresholdRecord["basis"]; words: Words },
): string {
  if (figure === null) return "none";
  return basis === "percent-variance" ? `${figure}%` : words.value(figure);
}

function limitText(limit: ThresholdRecord, words: Words): string {
  const { basis, board, slt } = limit;
  const shown = (figure: number | null): string => limitFigure(figure, { basis, words });
  const against = {
    value: "",
    variance: ", of value less plan",
    "percent-variance": ", of value less plan in % of plan",
  }[basis];
  const approved = limit.approvedOn === null ? "" : ` on ${limit.approvedOn}`;
  const minute = limit.minute === null ? "" : ` (${limit.minute})`;
  const to = limit.to === null ? "on" : `to ${month(limit.to)}`;
  const told = `board ${shown(board)}, SLT ${shown(slt)}${against}, from ${month(limit.from)} ${to}`;
  return `${limit.id}: for ${scopeOf(limit, words)}: ${told}; ${limit.status}${approved}${minute}; ${versionText(limit)}`;
}

function scopeOf({ organisation, level }: ThresholdRecord, words: Words): string {
  if (organisation !== null) return words.organisation(organisation);
  return level === null ? "every organisation" : `every ${level}`;
}

function month(period: Period): string {
  return nameOfPeriod(period, "monthly");
}

function versionText({ since, until }: { since: number; until: number | null }): string {
  return `catalogue version ${since}${until === null ? "" : ` until ${until}`}`;
}

/** What the metric meant when it was decided. */
export function definitionFacts({ versions }: Explanation, words: Words): Fact[] {
  return versions.definitions.map((one) => said`${definitionText(one, words)}; ${versionText(one)}`);
}

function definitionText(one: DefinitionRecord, words: Words): string {
  const { name, description, unit, better, aggregation, minimumChange, definitionChanges, accumulates } = one;
  const facts = [
    `${name}: ${description === "" ? "no description" : description}`,
    `${unit}, ${better} is better`,
    aggregation === "none" ? "" : `of a parent: ${aggregation}`,
    accumulates === "none" ? "" : `accumulates: ${accumulates}`,
    minimumChange === null ? "" : `least change that counts: ${words.value(minimumChange)}`,
    definitionChanges.length === 0 ? "" : `means something else from ${definitionChanges.map(words.period).join(", ")}`,
  ];
  return facts.filter((fact) => fact !== "").join("; ");
}

/** The protocol's rules for cases of this frequency, as they were applied. */
export function ruleFacts({ versions, case: one }: Explanation): Fact[] {
  return versions.protocols.map((protocol) => {
    const { stepDownAfter, deterioration, persistence, missing, multipleAreas, acknowledgement } = rulesFor(
      protocol.body,
      one.frequency,
    );
    const rules = Object.entries({
      stepDownAfter,
      deterioration,
      persistence,
      missing,
      multipleAreas,
      acknowledgement,
    });
    const text = rules.flatMap(([key, rule]) => (rule === undefined ? [] : `${key} ${plain(rule)}`)).join("; ");
    return said`protocol ${protocol.id}, ${versionText(protocol)}: ${text}`;
  });
}

function plain(rule: object | number): string {
  if (typeof rule === "number") return String(rule);
  return Object.entries(rule)
    .map(([key, value]) => `${key} ${String(value)}`)
    .join(", ");
}

/** When the catalogues named above were loaded. */
export function catalogueFacts({ versions }: Explanation): Fact[] {
  return versions.catalogues.map(
    ({ version, loadedAt, loadedBy }) =>
      said`version ${version}: loaded ${minuteOf(loadedAt)} by ${{ person: loadedBy }}`,
  );
}
