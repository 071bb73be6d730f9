import {
  askedInBrief,
  asWhoIsAsked,
  changedSince,
  type Database,
  type KnownPerson,
  type Kysely,
  listReturns,
  lookAtHome,
  reachOf,
  standingBeforeForums,
  standingOfOrganisations,
  submissionsToMend,
} from "@signalbox/db";
import { dayOf, isFigureOwed, periodContaining } from "@signalbox/domain";
import { askedLines } from "./asked-words.ts";
import { caseLine, changedLine } from "./case-line.ts";

/** How many of a list are shown; a link leads to the rest. */
const SHOWN = 5;
/** Who submits for more than these has a page of returns to look at, and no list of them here. */
const MOST_SUBMITTED_FOR = 40;
const MOST_RETURNS = 200;
/** What was refused longer ago than this is not asked for any more. */
const MENDED_WITHIN = { hours: 24 * 45 } as const;

/** What one person finds on their front page; null for a part that is not for them. */
export async function readOwn(
  db: Kysely<Database>,
  { person, session, now }: { person: KnownPerson; session: string; now: Temporal.Instant },
) {
  const seats = [...new Set([...person.seats.values()].flat())];
  const actsFor = reachOf(person, "owner", "author", "executive", "analyst", "submitter");
  const submitsFor = reachOf(person, "submitter") ?? [];
  const [since, before, own, asked, returns, mend] = await Promise.all([
    lookAtHome(db, { person: person.email, session, now }),
    standingBeforeForums(db, { forums: seats, now, limit: SHOWN }),
    standingOfOrganisations(db, { organisations: actsFor, forums: seats, now, limit: SHOWN }),
    askedInBrief(db, asWhoIsAsked(person), SHOWN),
    returnsOwed(db, submitsFor, now),
    submissionsToMend(db, { organisations: submitsFor, after: now.subtract(MENDED_WITHIN), limit: SHOWN }),
  ]);
  const changed =
    since === null || (seats.length === 0 && actsFor?.length === 0)
      ? null
      : await changedSince(db, {
          sight: { ...person.sight, organisations: actsFor },
          since,
          now,
          limit: SHOWN,
        });
  const answers = [...person.seats.keys()].some((role) => role !== "observer");
  // Who keeps the catalogue or runs Signalbox and has no other part is not told that nothing is asked of them.
  const hasPart = before !== null || own !== null;
  const open = answers ? (before?.unacknowledged ?? 0) : 0;
  return {
    name: person.name,
    seats,
    before: before === null ? null : { ...before, first: before.first.map(caseLine) },
    own: own === null ? null : { ...own, first: own.first.map(caseLine) },
    asked: hasPart || asked.total > 0 ? askedLines({ asked, returns, open, today: dayOf(now), limit: SHOWN }) : null,
    isFirst: since === null,
    since,
    changed: changed === null ? null : { ...changed, first: changed.first.map(changedLine) },
    mend,
  };
}

/** Returns that are due, late or not whole, of the months that have ended lately; the nearest day first. */
async function returnsOwed(db: Kysely<Database>, organisations: readonly string[], now: Temporal.Instant) {
  if (organisations.length === 0 || organisations.length > MOST_SUBMITTED_FOR) return [];
  const from = periodContaining(dayOf(now), "monthly") - 3;
  const found = await listReturns(db, { visible: organisations, from }, { after: null, limit: MOST_RETURNS, now });
  return found
    .filter(({ figures }) => figures.some(({ status }) => isFigureOwed(status)))
    .toSorted((a, b) => Temporal.PlainDate.compare(a.dueOn, b.dueOn));
}
