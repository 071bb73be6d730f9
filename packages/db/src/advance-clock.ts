import { setTimeout as pause } from "node:timers/promises";
import { nextAskedPeriod, nextDueSoon, nextPassing, rulesFor } from "@signalbox/domain";
import type { Kysely } from "kysely";
import { calendarsInForce } from "./calendar.ts";
import { currentCatalogue } from "./catalogue/current-catalogue.ts";
import { currentSources } from "./catalogue/current-sources.ts";
import { beginTestTime, putTestTime, testTime } from "./clock.ts";
import { isDoneBy, nextDueMoment } from "./left-over-work.ts";
import type { Database } from "./tables.ts";
import { nextWarning } from "./threshold-proposals/ending-soon.ts";

/** The test clock was to be put back. */
export class ClockWouldGoBack extends Error {
  readonly retry = false;
}

/** The services did not do in time what fell due on the way. */
export class ClockNotFollowed extends Error {
  readonly retry = true;
}

const LOOK_AGAIN_MS = 15;
const FOLLOWED_WITHIN_MS = 60_000;

/**
 * Puts the test clock to a time, once what is due where it stands is done, stopping at each moment on the way at which something falls due until the services have
 * done it. The first put only sets it. Throws ClockWouldGoBack for an earlier time.
 */
export async function advanceClock(
  db: Kysely<Database>,
  { to, ring }: { to: Temporal.Instant; ring: () => Promise<unknown> },
): Promise<Temporal.Instant> {
  const from = await testTime(db);
  if (from === null) {
    await beginTestTime(db, to);
    return to;
  }
  const order = Temporal.Instant.compare(to, from);
  if (order < 0)
    throw new ClockWouldGoBack(`The clock stands at ${from.toString()}; it does not go back to ${to.toString()}.`);
  if (order === 0) return to;
  await stopAt(db, { at: from, ring });
  for (let at = await nextMoment(db, from); before(at, to); at = await nextMoment(db, at))
    await stopAt(db, { at, ring });
  await stopAt(db, { at: to, ring });
  return to;
}

function before(at: Temporal.Instant | null, to: Temporal.Instant): at is Temporal.Instant {
  return at !== null && Temporal.Instant.compare(at, to) < 0;
}

async function stopAt(
  db: Kysely<Database>,
  { at, ring }: { at: Temporal.Instant; ring: () => Promise<unknown> },
): Promise<void> {
  await putTestTime(db, at);
  await ring();
  const deadline = Date.now() + FOLLOWED_WITHIN_MS;
  for (let looks = 1; !(await isDoneBy(db, at)); looks++) {
    if (Date.now() > deadline) {
      throw new ClockNotFollowed(
        `What falls due at ${at.toString()} was not done within a minute; are evaluator, notifier and, for files to be fetched, ingestion running?`,
      );
    }
    // A bell may be lost: it is rung again about every second.
    if (looks % 64 === 0) await ring();
    await pause(LOOK_AGAIN_MS);
  }
}

/** The next moment after one at which anything falls due, by what is kept and by the calendar; null where nothing does. */
export async function nextMoment(db: Kysely<Database>, after: Temporal.Instant): Promise<Temporal.Instant | null> {
  const moments = [await nextDueMoment(db, after)];
  const catalogue = await currentCatalogue(db);
  if (catalogue !== null) {
    const { body } = catalogue.protocol;
    const defaults = {
      monthly: rulesFor(body, "monthly").submission.dueWorkingDay,
      quarterly: rulesFor(body, "quarterly").submission.dueWorkingDay,
    };
    for (const calendar of await calendarsInForce(db, defaults)) {
      const { reminders } = rulesFor(body, calendar.frequency);
      moments.push(nextPassing(after, calendar.frequency, calendar.dueWorkingDay).at);
      if (reminders !== undefined) moments.push(nextDueSoon(after, calendar, reminders));
    }
    moments.push(await nextWarning(db, after));
    for (const source of await currentSources(db)) moments.push(nextAskedPeriod(source, after));
  }
  return moments.filter((moment) => moment !== null).toSorted(Temporal.Instant.compare)[0] ?? null;
}
