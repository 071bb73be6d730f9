import type { AgendaCaseFacts, CurrentCatalogue } from "@signalbox/db";
import { type AgendaGroup, type AgendaFigure, formatValue, nameOfPeriod } from "@signalbox/domain";
import { eventInWords, markOf } from "../pages/cases/case-words.ts";
import type { CaseLine } from "./agenda-shown.ts";

const TIERS = { none: "Nobody", board: "Board", slt: "SLT" } as const;
const PLANS: Readonly<Record<string, string>> = {
  draft: "Plan sent before, a new one in draft",
  sent: "Plan sent, not decided",
  accepted: "Plan accepted",
  "sent-back": "Plan sent back",
  withdrawn: "Plan withdrawn",
};

/** A case of an agenda, in words. */
export function caseLine(one: AgendaCaseFacts, group: AgendaGroup, catalogue: CurrentCatalogue): CaseLine {
  const { figure } = one;
  const isSeen = figure !== null && !one.isUnsigned;
  return {
    id: one.id,
    title: titleOfCase(one, catalogue),
    organisation: catalogue.organisations.get(one.organisation)?.name ?? one.organisation,
    before: TIERS[one.now.tier],
    since: nameOfPeriod(one.raisedIn, one.frequency),
    value:
      figure === null
        ? ""
        : `${one.isUnsigned ? "not signed off yet" : valueOf(figure, one, catalogue)}, ${nameOfPeriod(figure.period, one.frequency)}`,
    mark: isSeen ? markOf(figure.rag) : null,
    limit: figure === null ? "" : limitOf(figure, one, catalogue),
    moved: movedInWords(one, group, catalogue),
    notes: notesOf(one, group),
    series: one.series === null || figure === null ? null : { id: one.series, through: figure.period },
  };
}

/** What a case is about: its metric, or what is missing or stands at once. */
export function titleOfCase(
  { concern, metric, metrics, areas }: Pick<AgendaCaseFacts, "concern" | "metric" | "metrics" | "areas">,
  catalogue: CurrentCatalogue,
): string {
  const names = (codes: readonly string[], of: ReadonlyMap<string, { readonly name: string }>) =>
    codes.map((code) => of.get(code)?.name ?? code).join(", ") || "none named";
  if (concern === "reporting") return `Missing returns: ${names(metrics, catalogue.metrics)}`;
  if (concern === "several-areas") return `Several areas: ${names(areas, catalogue.forums)}`;
  return catalogue.metrics.get(metric ?? "")?.name ?? metric ?? "A figure";
}

function movedInWords(one: AgendaCaseFacts, group: AgendaGroup, catalogue: CurrentCatalogue): string {
  const { now } = one;
  if (now.event !== "continued" && now.event !== "held")
    return `${eventInWords(now.event)}, ${nameOfPeriod(now.period, one.frequency)}`;
  if (group === "new" && one.figure === null) return `Raised, ${nameOfPeriod(one.raisedIn, one.frequency)}`;
  const was = one.known === null ? one.figureBefore : one.figureKnown;
  const held = now.event === "held" ? "Within the limit, not yet stepped down. " : "";
  if (was === null || one.isUnsigned || was.period === one.figure?.period) return held.trim();
  const before = `${valueOf(was, one, catalogue)} in ${nameOfPeriod(was.period, one.frequency)}`;
  // A plan moves too: a count may fall and be further behind it.
  const past = one.figure?.basis === "value" ? "Further past: was" : "Further past its plan: was";
  const way = group === "worse" ? past : "Was";
  return `${held}${way} ${before}`;
}

function notesOf(one: AgendaCaseFacts, group: AgendaGroup): string[] {
  return [
    one.isChallenged && group !== "challenged" ? "Challenged: actions done, figure not moved" : "",
    one.isHeldForSignOff && group !== "held-for-sign-off" ? "Held for sign-off" : "",
    one.isDisputed && group !== "disputed" ? "Figure in dispute" : "",
    one.plan === null ? "" : (PLANS[one.plan.state] ?? ""),
  ].filter((note) => note !== "");
}

function valueOf({ value }: AgendaFigure, { metric }: AgendaCaseFacts, catalogue: CurrentCatalogue): string {
  const known = catalogue.metrics.get(metric ?? "");
  return known === undefined ? String(value ?? "no value") : formatValue(value, known);
}

/** The limit that counts: the SLT's where the figure is past it or nothing else is set, else the board's. */
function limitOf(
  { rag, basis, board, slt }: AgendaFigure,
  { metric }: AgendaCaseFacts,
  catalogue: CurrentCatalogue,
): string {
  const [limit, whose] = slt !== null && (rag === "red" || board === null) ? [slt, "SLT"] : [board, "Board"];
  const known = catalogue.metrics.get(metric ?? "");
  if (limit === null || known === undefined) return "";
  const written = basis === "percent-variance" ? `${limit}%` : formatValue(limit, known);
  return `${whose} ${written}${basis === "value" ? "" : " against plan"}`;
}
