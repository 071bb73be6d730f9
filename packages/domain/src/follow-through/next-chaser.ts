import { chaserLeavesAt } from "../chase-return.ts";
import { atTime } from "../digest.ts";
import type { Rules } from "../protocol.ts";
import { addWorkingDays, isWorkingDay, nthWorkingDayAfter } from "../working-days.ts";
import { type AskedKind, type AskedStage, CHASED_STAGES, type ChasedStage, isAskedOfForum } from "./asked.ts";

/** Chasers leave before work, London time. */
const MORNING = "08:00";

/** How the protocol chases what was asked for. */
export interface Chasing {
  readonly workingDaysBefore: number;
  readonly workingDaysPerLevel: number;
  /** Whether the protocol follows cases through: then it is said on the day too, and goes on to the board and the SLT. */
  readonly followsThrough: boolean;
}

/** What is known of something that was asked for. */
export interface Unanswered {
  readonly stage: AskedStage;
  /** "2026-12-08" */
  readonly dueOn: string;
  /** Without it, one that is asked of an owner. */
  readonly kind?: AskedKind;
  /** Of a quiet one nobody is written to; it goes onto the agenda when its day has passed. */
  readonly quiet?: boolean;
  /** The last day on which nobody is chased, because a figure is disputed. */
  readonly pausedUntil?: string | null;
  /** The day on which whoever is asked last heard of it: on that day they hear no more. */
  readonly askedOn?: string | null;
}

/** What is due to be said, to whoever was asked and to those above, and when it is looked at next; null for nothing and never. */
export interface Chaser {
  readonly tell: "reminder" | "due" | "overdue" | null;
  readonly above: boolean;
  readonly stage: AskedStage;
  readonly nextAt: Temporal.Instant | null;
}

/** How the rules of a frequency chase; null where they do not. */
export function chasingBy({ reminders, followThrough }: Pick<Rules, "reminders" | "followThrough">): Chasing | null {
  return reminders === undefined ? null : { ...reminders, followsThrough: followThrough !== undefined };
}

/**
 * What an unanswered request is due to have said of it by `now`, and when it is looked at next. Only the last thing due is
 * said: after a week without a clock an owner hears that it is overdue, and no reminder as well. Nothing leaves outside
 * working days or before eight. Without reminders in the protocol nobody is chased.
 */
export function nextChaser(asked: Unanswered, chasing: Chasing | null, now: Temporal.Instant): Chaser {
  const { stage } = asked;
  const silent = { tell: null, above: false, stage };
  if (!isChased(stage) || chasing === null) return { ...silent, nextAt: null };
  const steps = stepsOf(asked, chasing).filter((step) => isAfter(step.stage, stage));
  const passed = steps.filter(({ at }) => hasPassed(at, now));
  if (passed.length === 0) return { ...silent, nextAt: steps[0]?.at ?? null };
  const opens = chaserLeavesAt(now);
  if (!hasPassed(opens, now)) return { ...silent, nextAt: opens };
  const quiet = asked.quiet === true;
  return {
    tell: quiet ? null : (passed.findLast(({ tell }) => tell !== null)?.tell ?? null),
    above: !quiet && passed.some((step) => step.stage === "raised-a-level"),
    ...standsAt(steps, passed, stage),
  };
}

/**
 * Where a request stands whose day was agreed anew: what its new day would have had said by now is passed over, since whoever
 * agreed it knows.
 */
export function chaserAfterMoving(
  asked: Omit<Unanswered, "stage">,
  chasing: Chasing | null,
  now: Temporal.Instant,
): Pick<Chaser, "stage" | "nextAt"> {
  if (chasing === null) return { stage: "asked", nextAt: null };
  const steps = stepsOf({ ...asked, stage: "asked" }, chasing);
  return standsAt(
    steps,
    steps.filter(({ at }) => hasPassed(at, now)),
    "asked",
  );
}

interface Step {
  readonly stage: ChasedStage;
  readonly at: Temporal.Instant;
  readonly tell: Chaser["tell"];
}

function standsAt(steps: readonly Step[], passed: readonly Step[], before: ChasedStage) {
  const stage = passed.at(-1)?.stage ?? before;
  return { stage, nextAt: steps.find((step) => isAfter(step.stage, stage))?.at ?? null };
}

/** All that is said and done of a request while nobody answers, in order, each at its moment. */
function stepsOf(asked: Unanswered, chasing: Chasing): Step[] {
  const { dueOn, kind = "action-plan", quiet = false } = asked;
  const [paused, heard] = [dayIn(asked.pausedUntil), dayIn(asked.askedOn)];
  const due = Temporal.PlainDate.from(dueOn);
  const { workingDaysBefore: before, workingDaysPerLevel: perLevel, followsThrough } = chasing;
  // A pause that outlasts the day takes its place, and so does the day on which somebody new was asked.
  const overdueOn = nthWorkingDayAfter(latest(due, paused, heard), 1);
  const remindOn = before === 0 ? due : addWorkingDays(due, -before);
  const beforehand: Dated[] = [
    { stage: "reminded", day: remindOn, tell: "reminder" },
    ...(followsThrough ? [{ stage: "due", day: onOrBefore(due), tell: "due" } as const] : []),
  ];
  const friendly = beforehand
    // Who was asked that day hears no more on it.
    .filter(({ day }) => !quiet && (heard === null || Temporal.PlainDate.compare(day, heard) > 0))
    .map(({ day, ...step }) => ({ ...step, day: paused === null ? day : latest(day, nthWorkingDayAfter(paused, 1)) }));
  const after: Dated[] = [
    ...(quiet ? [] : [{ stage: "overdue", day: overdueOn, tell: "overdue" } as const]),
    ...levelsOf({ kind, quiet, followsThrough }).map((stage, i) => ({
      stage,
      day: quiet ? overdueOn : addWorkingDays(overdueOn, (i + 1) * perLevel),
      tell: null,
    })),
  ];
  // Of two things to say on one day the later one counts.
  const said = friendly.filter(({ day }, i) =>
    [...friendly.slice(i + 1), ...after].every((next) => Temporal.PlainDate.compare(day, next.day) < 0),
  );
  return [...said, ...after].map(({ day, ...step }) => ({ ...step, at: atTime(day, MORNING) }));
}

interface Dated {
  readonly stage: ChasedStage;
  readonly day: Temporal.PlainDate;
  readonly tell: Chaser["tell"];
}

/** How far up it goes once it is overdue. */
function levelsOf({ kind, quiet, followsThrough }: { kind: AskedKind; quiet: boolean; followsThrough: boolean }) {
  if (quiet) return ["on-agenda"] as const;
  if (!followsThrough) return ["raised-a-level"] as const;
  const toBoard = ["on-agenda", "in-summary"] as const;
  return isAskedOfForum(kind) ? toBoard : (["raised-a-level", ...toBoard] as const);
}

function isChased(stage: AskedStage): stage is ChasedStage {
  return stage !== "answered" && stage !== "withdrawn";
}

function isAfter(one: ChasedStage, other: ChasedStage): boolean {
  return CHASED_STAGES.indexOf(one) > CHASED_STAGES.indexOf(other);
}

function hasPassed(moment: Temporal.Instant, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(moment, now) <= 0;
}

/** The day itself, or the last working day before it. */
function onOrBefore(day: Temporal.PlainDate): Temporal.PlainDate {
  return isWorkingDay(day) ? day : addWorkingDays(day, -1);
}

function dayIn(text: string | null | undefined): Temporal.PlainDate | null {
  return text === null || text === undefined ? null : Temporal.PlainDate.from(text);
}

function latest(first: Temporal.PlainDate, ...others: readonly (Temporal.PlainDate | null)[]): Temporal.PlainDate {
  return others.reduce<Temporal.PlainDate>(
    (last, one) => (one !== null && Temporal.PlainDate.compare(one, last) > 0 ? one : last),
    first,
  );
}
