import type { DueRequest, Reminders } from "@signalbox/db";
import { addWorkingDays, atTime, nthWorkingDayAfter } from "@signalbox/domain";

/** Chasers leave before work, London time. */
const MORNING = "08:00";

export interface Chaser {
  readonly tell: "reminder" | "overdue" | "raised-a-level" | null;
  readonly stage: DueRequest["stage"];
  readonly nextAt: Temporal.Instant | null;
}

/**
 * What an unanswered request is due to have said of it by `now`, and when it is looked at next. Only the last thing due is
 * said: after a week without a clock an owner hears that it is overdue, and no reminder as well. Without `reminders` in
 * the protocol nobody is chased.
 */
export function nextChaser(
  { stage, dueOn }: Pick<DueRequest, "stage" | "dueOn">,
  reminders: Reminders | null,
  now: Temporal.Instant,
): Chaser {
  if (reminders === null) return { tell: null, stage, nextAt: null };
  const day = Temporal.PlainDate.from(dueOn);
  const overdueOn = nthWorkingDayAfter(day, 1);
  const remindAt = atTime(addWorkingDays(day, -reminders.workingDaysBefore), MORNING);
  const overdueAt = atTime(overdueOn, MORNING);
  const levelAt = atTime(addWorkingDays(overdueOn, reminders.workingDaysPerLevel), MORNING);
  const passed = (moment: Temporal.Instant) => Temporal.Instant.compare(moment, now) <= 0;

  if (stage === "asked" || stage === "reminded") {
    if (passed(overdueAt)) return { tell: "overdue", stage: "overdue", nextAt: levelAt };
    if (stage === "reminded") return { tell: null, stage, nextAt: overdueAt };
    if (passed(remindAt)) return { tell: "reminder", stage: "reminded", nextAt: overdueAt };
    return { tell: null, stage, nextAt: remindAt };
  }
  if (stage === "overdue" && passed(levelAt)) return { tell: "raised-a-level", stage: "raised-a-level", nextAt: null };
  return { tell: null, stage, nextAt: stage === "overdue" ? levelAt : null };
}
