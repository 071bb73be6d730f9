import {
  chaseFrom,
  type CurrentCatalogue,
  type Database,
  lastNear,
  listReturns,
  noteChased,
  noteNear,
  owingAt,
  type Return,
  returnsByKey,
  returnsToChase,
  type ReturnToChase,
  type SubmissionCalendar,
  type TellingRow,
  type Transaction,
  writeTellings,
} from "@signalbox/db";
import { chaseReturn, chaserLeavesAt, isFigureOwed, lastDueSoon, type Period, rulesFor } from "@signalbox/domain";
import { peopleOf } from "@signalbox/evaluation";
import { chaserOf, recipientsAt } from "./chaser.ts";

/** Has the returns of a period that are still owed looked at from now on, until they come. */
export async function chaseOwed(
  trx: Transaction<Database>,
  { frequency, dueWorkingDay }: SubmissionCalendar,
  { period, now }: { period: Period; now: Temporal.Instant },
): Promise<void> {
  const filter = { visible: null, frequency, dueWorkingDay, from: period, to: period };
  const returns = await listReturns(trx, filter, { after: null, limit: 1_000_000, now });
  await chaseFrom(trx, returns.filter(isOwed), now);
}

/**
 * Where a submission day has come near, has the returns looked at that are still owed. Of a calendar that is seen for the
 * first time nobody is chased before the day: what is older than Signalbox here is not owed to it.
 */
export async function chaseNearDays(
  trx: Transaction<Database>,
  calendars: readonly SubmissionCalendar[],
  { catalogue, now }: { catalogue: CurrentCatalogue; now: Temporal.Instant },
): Promise<void> {
  // A calendar or two, and one that is due once a month.
  for (const calendar of calendars) {
    const { reminders } = rulesFor(catalogue.protocol.body, calendar.frequency);
    if (reminders === undefined) continue;
    const period = lastDueSoon(now, calendar, reminders);
    const before = await lastNear(trx, calendar);
    if (before !== null && before >= period) continue;
    await noteNear(trx, calendar, period);
    if (before !== null) await chaseOwed(trx, calendar, { period, now });
  }
}

/** Tells whoever is due to hear by now of returns that have not come; those that came meanwhile are chased no more. */
export async function chaseReturns(
  trx: Transaction<Database>,
  { catalogue, now }: { catalogue: CurrentCatalogue; now: Temporal.Instant },
): Promise<void> {
  const due = await returnsToChase(trx, now);
  if (due.length === 0) return;
  const people = peopleOf(catalogue);
  const returns = new Map((await returnsByKey(trx, due, await owingAt(trx, now))).map((one) => [keyOf(one), one]));
  const tellings: TellingRow[] = [];
  const chased = due.map((one) => {
    const owed = returns.get(keyOf(one));
    if (owed === undefined || !isOwed(owed)) return { ...one, nextAt: null };
    const { reminders } = rulesFor(catalogue.protocol.body, one.frequency);
    const { level, nextAt } = chaseReturn({ dueOn: owed.dueOn, told: one.told }, reminders, now);
    if (level === null) return { ...one, nextAt };
    const recipients = recipientsAt(level, { people, catalogue, owed });
    // Above the last executive there is nobody left to tell.
    if (recipients === null) return { ...one, nextAt: null };
    tellings.push({
      ...chaserOf(level, { owed, catalogue, round: one.round }),
      recipients,
      tellAt: chaserLeavesAt(now),
    });
    return { ...one, told: level, nextAt };
  });
  await writeTellings(trx, tellings);
  await noteChased(trx, chased);
}

const keyOf = ({ organisation, frequency, dueWorkingDay, period }: Return | ReturnToChase) =>
  `${organisation}\n${frequency}\n${dueWorkingDay}\n${period}`;

/** Whether anything of it has not come; that the publisher says so answers for nothing. */
const isOwed = ({ figures }: Return) => figures.some(({ status }) => isFigureOwed(status));
