import {
  calendarsInForce,
  type Clock,
  clockRanThrough,
  currentCatalogue,
  type CurrentCatalogue,
  type Database,
  endOfClosed,
  endRanOut,
  holdCatalogue,
  holdDisputed,
  keepPapers,
  type Kysely,
  lastActedOn,
  leftOverWork,
  markServiceSeen,
  passSubmissionDay,
  releaseUnsigned,
  type SubmissionCalendar,
  type TellingRow,
  type Transaction,
  unreadSubmissions,
  writeTellings,
} from "@signalbox/db";
import { dayOf, lastPassedPeriod, nextDigest, type Period, rulesFor, submissionDayPassesAt } from "@signalbox/domain";
import { periodName } from "@signalbox/evaluation";
import type { Queues } from "@signalbox/queues";
import { askNewOwners } from "./ask-new-owners.ts";
import { planSources, ringForSources } from "./ask-sources.ts";
import { chaseNearDays, chaseOwed, chaseReturns } from "./chase-returns.ts";
import { warnOfEnds } from "./warn-of-ends.ts";

export interface ClockParts {
  readonly config: { readonly sourceHosts: readonly string[] };
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly queues: Queues;
}

const UNREAD_AT_ONCE = 200;

/** What time has made due: submission days near and passed, chasers, organisations that closed; and bells for work that was left. */
export async function tick(parts: ClockParts): Promise<void> {
  const { db, clock, queues } = parts;
  await markServiceSeen(db, "clock", Temporal.Now.instant());
  if (await clock.ticking()) {
    const now = await clock.now();
    await db.transaction().execute((trx) => passDays(trx, now));
    await db.transaction().execute((trx) => keepPapers(trx, now));
    await planSources(parts, now);
    await clockRanThrough(db, now);
    await ringForSources(parts);
  }
  const { series, organisations } = await leftOverWork(db);
  if (series) await queues.ring("assess-series", {});
  if (organisations) await queues.ring("assess-organisations", {});
  for (const submission of await unreadSubmissions(db, UNREAD_AT_ONCE))
    await queues.ring("read-submission", { submission });
  await queues.ring("tell", {});
}

/** Acts on what has fallen due by `now` and was not acted on yet, however long nobody looked. */
export async function passDays(trx: Transaction<Database>, now: Temporal.Instant): Promise<void> {
  await holdCatalogue(trx);
  const catalogue = await currentCatalogue(trx);
  if (catalogue === null) return;
  const { body } = catalogue.protocol;
  const defaults = {
    monthly: rulesFor(body, "monthly").submission.dueWorkingDay,
    quarterly: rulesFor(body, "quarterly").submission.dueWorkingDay,
  };
  const calendars = await calendarsInForce(trx, defaults);
  for (const calendar of calendars) {
    const isDefault = calendar.dueWorkingDay === defaults[calendar.frequency];
    await passDay(trx, { catalogue, calendar, isDefault, now });
  }
  await chaseNearDays(trx, calendars, { catalogue, now });
  await chaseReturns(trx, { catalogue, now });
  await releaseUnsigned(trx, now);
  await holdDisputed(trx, now);
  await endRanOut(trx, now);
  await warnOfEnds(trx, catalogue, now);
  await askNewOwners(trx, catalogue, now);
  await endOfClosed(trx, { today: dayOf(now).toString(), now });
}

interface Passing {
  readonly catalogue: CurrentCatalogue;
  readonly calendar: SubmissionCalendar;
  readonly isDefault: boolean;
  readonly now: Temporal.Instant;
}

async function passDay(trx: Transaction<Database>, { catalogue, calendar, isDefault, now }: Passing): Promise<void> {
  const { frequency, dueWorkingDay } = calendar;
  const period = lastPassedPeriod(now, frequency, dueWorkingDay);
  const before = await lastActedOn(trx, calendar);
  if (before !== null && before >= period) return;
  await passSubmissionDay(trx, calendar, { period, isDefault, now });
  // Before the first passing that is seen nobody was waited for: what is older than Signalbox here is not chased.
  if (before === null) return;
  await chaseOwed(trx, calendar, { period, now });
  if (frequency !== "monthly" || !isDefault) return;
  const passedAt = submissionDayPassesAt(period, frequency, dueWorkingDay);
  await writeTellings(trx, [summaryOf(catalogue, { period, passedAt })]);
}

const nothing = {
  escalation: null,
  event: null,
  submission: null,
  series: null,
  organisation: null,
  forums: [],
  recipients: [],
  digest: null,
  causedBy: [],
};

/** Once a period each leader gets one summary of all that stands before their forums. */
function summaryOf(
  catalogue: CurrentCatalogue,
  { period, passedAt }: { period: Period; passedAt: Temporal.Instant },
): TellingRow {
  const { digest } = rulesFor(catalogue.protocol.body, "monthly");
  return {
    ...nothing,
    kind: "digest",
    reason: "summary",
    period,
    forums: [...catalogue.forums.keys()],
    tellAt: nextDigest(passedAt, digest.slt ?? digest.board),
    digest: digest.slt ?? digest.board ?? null,
    detail: { title: "All that stands", periodName: periodName(period, "monthly") },
    key: `summary:${period}`,
  };
}
