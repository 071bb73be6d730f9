import type { NoticeToSend, OverdueInSummary, StandingCaseRow } from "@signalbox/db";
import { dayOf, nameOfPeriod, type Period } from "@signalbox/domain";
import { choiceInWords } from "@signalbox/explain/choice-in-words";
import { ASKED, readDetail, type StandingCase, type StandingSummary } from "@signalbox/mail";

/**
 * What one person's summary says: all that stands before those forums of their summary notices that they sit on, or,
 * told by name, before all of them; null without any.
 */
export function summaryFor(
  notices: readonly NoticeToSend[],
  {
    forums,
    standing,
    overdue = [],
  }: { forums: readonly string[]; standing: readonly StandingCaseRow[]; overdue?: readonly OverdueInSummary[] },
): StandingSummary | null {
  const summaries = notices.filter(({ reason }) => reason === "summary");
  if (summaries.length === 0) return null;
  const asked = [...new Set(summaries.flatMap((one) => one.forums))];
  const theirs = asked.filter((forum) => forums.includes(forum));
  const wanted = new Set(theirs.length > 0 ? theirs : asked);
  const latest = summaries.toSorted((a, b) => (b.period ?? 0) - (a.period ?? 0))[0];
  const cases = standing
    .filter((one) => one.forums.some((forum) => wanted.has(forum)))
    .map((row) => standingCase(row, latest?.period ?? null));
  return {
    periodName: latest === undefined ? null : (readDetail(latest.detail).periodName ?? null),
    cases,
    overdue: overdue
      .filter(({ forum }) => wanted.has(forum))
      .map(({ kind, ...one }) => ({ ...one, thing: ASKED[kind].thing })),
  };
}

function standingCase(row: StandingCaseRow, period: number | null): StandingCase {
  return {
    escalation: row.id,
    title: titleOf(row),
    organisation: row.organisation,
    tier: row.tier,
    since: nameOfPeriod(row.raisedIn as Period, row.frequency),
    change: changeIn(row, period),
    ranOut: row.ranOut,
    awaitsSignOff: row.awaitsSignOff,
    ...(row.disputedUntil === null ? {} : { disputedUntil: dayOf(row.disputedUntil).toString() }),
    ...(row.chosen === null ? {} : { chosen: choiceInWords(row.chosen) }),
  };
}

function titleOf({ concern, metric, area, areas }: StandingCaseRow): string {
  if (concern === "reporting") return `Missing returns${area === null ? "" : ` for ${area}`}`;
  if (concern === "several-areas")
    return `In trouble in several areas${areas.length > 0 ? ` (${areas.join(", ")})` : ""}`;
  return metric ?? "A figure";
}

/** New, worse or better by the case's last move, if that was in the summary's period; a quarter counts by its last month. */
function changeIn(
  { raisedIn, lastMove, lastMovedIn, frequency }: StandingCaseRow,
  period: number | null,
): StandingCase["change"] {
  const reach = frequency === "quarterly" ? 2 : 0;
  if (period === null || raisedIn + reach >= period) return period === null ? "unchanged" : "new";
  if (lastMovedIn === null || lastMovedIn + reach < period) return "unchanged";
  if (lastMove === "stepped-up") return "worse";
  return lastMove === "stepped-down" ? "better" : "unchanged";
}
