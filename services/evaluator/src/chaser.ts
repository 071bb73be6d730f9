import type { CurrentCatalogue, Return, TellingRow } from "@signalbox/db";
import { type ChaseLevel, formatPeriod, isFigureOwed } from "@signalbox/domain";
import { levelsUp, nearest, type People, responsibleFor, periodName } from "@signalbox/evaluation";

/** Why somebody hears of a return that has not come, by how far up it is chased. */
const REASONS = ["due-soon", "missing", "raised-to-owner"] as const;
const WHY = {
  "due-soon": "You submit figures for this organisation, and their submission day is near",
  missing: "You submit figures for this organisation, and their submission day has passed",
  "raised-to-owner": "You answer for these figures, and whoever submits them has not been heard of",
  "raised-to-executive": "You are an executive there, and nobody below you has been heard of",
} as const;

/** Whom the chaser of a level goes to, by the tree as it stood in the period; null where nobody is above. */
export function recipientsAt(
  level: ChaseLevel,
  { people, catalogue, owed }: { people: People; catalogue: CurrentCatalogue; owed: Return },
): string[] | null {
  const place = { organisation: owed.organisation, period: owed.period };
  if (level <= 1) return nearest(people, "submitter", place);
  if (level > 2) return levelsUp(people, "executive", place)[level - 3] ?? null;
  const owners = missingOf(owed).flatMap((code) => {
    const metric = catalogue.metrics.get(code);
    return metric === undefined ? [] : responsibleFor(people, "owner", { metric, ...place });
  });
  return [...new Set(owners)];
}

const missingOf = ({ figures }: Return) =>
  figures.filter(({ status }) => isFigureOwed(status)).map(({ metric }) => metric);

/** What a chaser of a level says of a return, but for whom it goes to and when; once in each `round` of chasing it. */
export function chaserOf(
  level: ChaseLevel,
  { owed, catalogue, round }: { owed: Return; catalogue: CurrentCatalogue; round: number },
): Omit<TellingRow, "recipients" | "tellAt"> {
  const { organisation, frequency, dueWorkingDay, period } = owed;
  const reason = REASONS[level] ?? "raised-to-executive";
  const codes = missingOf(owed);
  const suffix = (level === 1 ? "" : `:${level}`) + (round === 0 ? "" : `:again${round}`);
  return {
    kind: "submission-missing",
    reason,
    escalation: null,
    event: null,
    submission: null,
    series: null,
    organisation,
    period,
    forums: [],
    digest: null,
    causedBy: [],
    detail: {
      title: reason === "due-soon" ? "Figures are due" : "Figures have not come in",
      frequency,
      dueWorkingDay,
      organisation: owed.name,
      organisationCode: organisation,
      periodName: periodName(period, frequency),
      dueOn: owed.dueOn.toString(),
      codes,
      metrics: codes.map((code) => catalogue.metrics.get(code)?.name ?? code),
      why: WHY[reason],
      page: `/returns/${encodeURIComponent(organisation)}/${frequency}/${dueWorkingDay}/${formatPeriod(period, "monthly")}`,
    },
    key: `missing:${organisation}:${frequency}:${dueWorkingDay}:${period}${suffix}`,
  };
}
