import {
  type CommentaryOfPeriod,
  commentaryOfPeriod,
  type CurrentCatalogue,
  type Metric,
  NOT_SIGNED_OFF,
  protocolInForce,
  type SeriesPoint,
  type SeriesPoints,
} from "@signalbox/db";
import {
  addWorkingDays,
  dayOf,
  formatPeriod,
  frozenFrom,
  isWritable,
  parsePeriod,
  type Period,
  rulesFor,
  startOfDay,
  stepOf,
  submissionDayPassesAt,
} from "@signalbox/domain";
import type { FastifyRequest } from "fastify";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { seenSeries } from "../seen-series.ts";

/** How long authors have, and a level of chasing, where the protocol does not say. */
const WORKING_DAYS = 5;
const LONGEST = 4000;

/** One period's commentary with what it stands beside. */
export interface SeenCommentary {
  readonly found: SeriesPoints;
  readonly metric: Metric;
  readonly catalogue: CurrentCatalogue;
  readonly period: Period;
  readonly point: SeriesPoint;
  /** The period before; null where the series has none. */
  readonly before: SeriesPoint | null;
  readonly known: CommentaryOfPeriod;
  /** From when it may not be written. */
  readonly frozen: Temporal.Instant;
  readonly isOpen: boolean;
  /** False where the period's figure waits for a signature that this reader must not look behind. */
  readonly showsWords: boolean;
  readonly workingDaysPerLevel: number;
  /** As the audit trail names it. */
  readonly subject: string;
}

interface Place {
  readonly metric: string;
  readonly organisation: string;
  readonly period: string;
}

/** Reads one period's commentary as its caller may see it; throws Problem 404 where there is none to see. */
export async function seenCommentary(
  { db, clock }: Pick<Parts, "db" | "clock">,
  request: Pick<FastifyRequest, "caller">,
  { place, catalogue }: { place: Place; catalogue: CurrentCatalogue | null },
): Promise<SeenCommentary> {
  const { found } = await seenSeries({ db }, request, place);
  const metric = catalogue?.metrics.get(found.metric);
  const period = place.period.length > 30 ? null : parsePeriod(place.period, found.frequency);
  const at = found.points.findIndex((one) => one.period === period);
  const point = found.points[at];
  if (catalogue === null || metric === undefined || period === null || point === undefined)
    throw new Problem(404, `The series ${found.metric} of ${found.organisation} has no period ${place.period}.`);
  const rules = rulesFor(await protocolInForce(db), found.frequency);
  const submitted = submissionDayPassesAt(
    period,
    found.frequency,
    metric.dueWorkingDay ?? rules.submission.dueWorkingDay,
  );
  const before = asBefore(period, found);
  const [known, now] = await Promise.all([
    commentaryOfPeriod(db, { ...place, period, before, area: found.area, after: submitted }),
    clock.now(),
  ]);
  if (known === null) throw new Problem(404, `There is no series ${found.metric} of ${found.organisation}.`);
  const workingDaysPerLevel = rules.reminders?.workingDaysPerLevel ?? WORKING_DAYS;
  const frozen = frozenFrom({
    papersDueAt: known.papersDueAt,
    dueOn: known.asked?.dueOn ?? null,
    submitted,
    workingDaysPerLevel,
    dueWorkingDays: rules.commentary?.dueWorkingDays ?? WORKING_DAYS,
  });
  return {
    found,
    metric,
    catalogue,
    period,
    point,
    before: found.points.find((one) => one.period === before) ?? null,
    known,
    frozen,
    isOpen: isWritable(frozen, known.opened, now),
    showsWords: point.noValue !== NOT_SIGNED_OFF,
    workingDaysPerLevel,
    subject: `commentary on ${found.metric} of ${found.organisation}, ${formatPeriod(period, found.frequency)}`,
  };
}

function asBefore(period: Period, { frequency }: SeriesPoints): Period {
  return (period - stepOf(frequency)) as Period;
}

/** Words as they are kept, or what is wrong with them. */
export function wordsGiven(given: unknown): { readonly words: string } | { readonly fault: string } {
  const words =
    typeof given === "string" ? given.replaceAll("\0", "").replaceAll("\r\n", "\n").toWellFormed().trim() : "";
  if (words === "") return { fault: "Write what lies behind the figure" };
  return words.length > LONGEST ? { fault: `Use at most ${LONGEST.toLocaleString("en-GB")} characters` } : { words };
}

/** Until when commentary may be written that is opened again: the end of a day, a level of working days on. */
export function openUntil({ workingDaysPerLevel }: Pick<SeenCommentary, "workingDaysPerLevel">, now: Temporal.Instant) {
  return startOfDay(addWorkingDays(dayOf(now), workingDaysPerLevel).add({ days: 1 }));
}
