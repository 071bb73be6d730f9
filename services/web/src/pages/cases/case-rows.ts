import type { CurrentCatalogue, ListedCase, ListedFigure } from "@signalbox/db";
import { dayOf, formatValue, nameOfPeriod } from "@signalbox/domain";
import { dayInWords } from "@signalbox/mail";
import { choiceInWords } from "@signalbox/explain/choice-in-words";
import { reasonsInWords } from "@signalbox/explain/words";
import { eventInWords, markOf } from "./case-words.ts";

/** A case as a row of the list, all in words. */
export interface CaseRow {
  readonly id: number;
  readonly title: string;
  readonly organisation: string;
  readonly code: string;
  readonly area: string;
  readonly tier: ListedCase["tier"];
  readonly forum: string;
  readonly since: string;
  readonly ended: string;
  readonly mark: ReturnType<typeof markOf> | null;
  readonly value: string;
  readonly period: string;
  readonly limit: string;
  readonly move: string;
  readonly acknowledged: string;
  readonly ranOut: boolean;
  readonly heldBack: boolean;
  /** Whether its figure has recovered and its chair has still to sign it off. */
  readonly awaitsSignOff: boolean;
  /** "2026-12-08"; empty where its figure is not disputed. */
  readonly disputedUntil: string;
  /** What its chair chose for it; empty where nothing was chosen, or it holds no longer. */
  readonly chosen: string;
}

interface Reader {
  readonly catalogue: CurrentCatalogue | null;
  readonly now: Temporal.Instant;
  readonly showsAddresses: boolean;
}

/** Puts a listed case into words; `instead` stands in the place of a value that is not to be seen. */
export function caseRow(one: ListedCase & { readonly instead?: string }, reader: Reader): CaseRow {
  const { catalogue, now } = reader;
  const nameOf = (period: Parameters<typeof nameOfPeriod>[0] | null) =>
    period === null ? "" : nameOfPeriod(period, one.frequency);
  const forumName = (code: string | null) => (code === null ? "" : (catalogue?.forums.get(code)?.name ?? code));
  const metricName = (code: string) => catalogue?.metrics.get(code)?.name ?? code;
  const title = {
    performance: metricName(one.metric ?? ""),
    reporting: `Missing returns: ${one.metrics.map(metricName).join(", ") || "none named"}`,
    "several-areas": `Several areas: ${one.areas.map(forumName).join(", ") || "none named"}`,
  }[one.concern];
  return {
    id: one.id,
    title,
    organisation: catalogue?.organisations.get(one.organisation)?.name ?? one.organisation,
    code: one.organisation,
    area: forumName(one.area),
    tier: one.tier,
    forum: forumName(one.forum),
    since: nameOf(one.raisedIn),
    ended: nameOf(one.endedIn),
    mark: one.figure === null ? null : markOf(one.figure.rag),
    value: one.instead ?? valueOf(one, catalogue),
    period: nameOf(one.figure?.period ?? null),
    limit: one.figure === null ? "" : limitOf(one.figure, { metric: one.metric, catalogue }),
    move: one.move === null ? "" : `${eventInWords(one.move)}, ${nameOf(one.movedIn)}${whyMoved(one)}`,
    acknowledged: acknowledgedIn(one, reader),
    ranOut: one.endedWhy === "ran-out",
    chosen: one.chosen === null || !one.standing ? "" : choiceInWords(one.chosen),
    awaitsSignOff: one.awaitsSignOff && one.instead === undefined,
    disputedUntil: one.disputedUntil === null ? "" : dayOf(one.disputedUntil).toString(),
    heldBack: one.standing && Temporal.Instant.compare(one.shownAt, now) > 0,
  };
}

/** ": getting worse", so that nobody wonders why a green figure is there; nothing where the figures are not to be seen. */
function whyMoved({ movedBy, instead }: Parameters<typeof caseRow>[0]): string {
  if (instead !== undefined || movedBy === null || movedBy.length === 0) return "";
  return `: ${reasonsInWords(movedBy.map(({ rule }) => ({ rule, tier: "none" }))).replaceAll(";", ",")}`;
}

function valueOf({ figure, metric }: ListedCase, catalogue: CurrentCatalogue | null): string {
  const known = metric === null ? undefined : catalogue?.metrics.get(metric);
  if (figure === null) return "";
  return known === undefined ? String(figure.value ?? "no value") : formatValue(figure.value, known);
}

/** The limit that counts: the SLT's where the figure is past it or nothing else is set, else the board's. */
function limitOf(
  { rag, basis, board, slt }: ListedFigure,
  { metric, catalogue }: { metric: string | null; catalogue: CurrentCatalogue | null },
): string {
  const [limit, whose] = slt !== null && (rag === "red" || board === null) ? [slt, "SLT"] : [board, "board"];
  const known = metric === null ? undefined : catalogue?.metrics.get(metric);
  if (limit === null || known === undefined) return "";
  const figure = basis === "percent-variance" ? `${limit}%` : formatValue(limit, known);
  return `${whose} limit ${figure}${basis === "value" ? "" : " against plan"}`;
}

function acknowledgedIn(
  { acknowledgedBy, acknowledgedAt, expiresOn, endedWhy }: ListedCase,
  { catalogue, showsAddresses }: Reader,
): string {
  if (acknowledgedBy === null || acknowledgedAt === null) return "Not yet";
  const day = (at: Temporal.Instant) => dayInWords(dayOf(at).toString());
  if (endedWhy === "ran-out") return `Ran out on ${expiresOn === null ? day(acknowledgedAt) : dayInWords(expiresOn)}`;
  const address = acknowledgedBy.toLowerCase();
  const name = catalogue?.people.find(({ email }) => email.toLowerCase() === address)?.name;
  const who = name ?? (showsAddresses || !address.includes("@") ? acknowledgedBy : "somebody");
  return `${who}, ${day(acknowledgedAt)}`;
}
