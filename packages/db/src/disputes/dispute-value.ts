import { isFresh, lastPassedPeriod, asPeriod, previewEnds, protocolSchema, rulesFor, stepOf } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import { recordAudit } from "../audit.ts";
import type { Database } from "../tables.ts";
import { holdDisputed } from "./hold-back.ts";
import { stopClocks } from "./stop-clocks.ts";

/** The figure that is disputed: what a submission said of a series in a period. */
export interface Figure {
  readonly submission: number;
  readonly metric: string;
  readonly organisation: string;
  readonly period: number;
}

/** Disputed until a moment, or why not, in words for the person who asked. */
export type DisputeOutcome =
  | { readonly kind: "disputed"; readonly id: number; readonly untilAt: Temporal.Instant }
  | { readonly kind: "refused"; readonly why: string };

interface Found {
  readonly series: number;
  readonly frequency: "monthly" | "quarterly";
  readonly dueWorkingDay: number | null;
  readonly holds: boolean;
  readonly before: boolean;
  /** When this period's figure was first disputed, as whatever submission had it; null where it never was. */
  readonly firstAt: Temporal.Instant | null;
  readonly readAt: Temporal.Instant | null;
  readonly released: boolean;
}

/**
 * Marks a figure as disputed, once a value of a submission and until so many working days as the protocol allows are over
 * since the period's figure was first disputed, however often it is sent anew: what its forums
 * have not been told of it waits, and the clocks of its case stop. Ring tell afterwards.
 */
export async function disputeValue(
  db: Kysely<Database>,
  figure: Figure,
  { by, reason, now }: { by: string; reason: string; now: Temporal.Instant },
): Promise<DisputeOutcome> {
  return db.transaction().execute(async (trx) => {
    const { rows: protocols } = await sql<{ body: unknown }>`select body from protocol where until is null`.execute(
      trx,
    );
    // Whoever reads figures of this series waits, and so do we for them.
    await sql`select from series_state st join series s on s.id = st.series
      where s.metric = ${figure.metric} and s.organisation = ${figure.organisation} for update of st`.execute(trx);
    const found = await find(trx, figure);
    if (found === null) return refused("This submission has no such figure.");
    const rules = rulesFor(protocolSchema.parse(protocols[0]?.body ?? {}), found.frequency);
    if (rules.dispute === undefined) return refused("The protocol does not let figures be disputed.");
    if (!found.holds) return refused("Another figure has taken its place since, so there is nothing to dispute.");
    if (found.before) return refused("It was disputed before. To change it, send the figure that is right.");
    const dueDay = found.dueWorkingDay ?? rules.submission.dueWorkingDay;
    const lastPassed = lastPassedPeriod(now, found.frequency, dueDay);
    const fresh = isFresh(asPeriod(figure.period), {
      lastPassed,
      tellWithin: Math.max(1, rules.tellWithin),
      frequency: found.frequency,
    });
    if (!fresh && !isInPreview(found, rules.preview.workingDays, now))
      return refused("It has been with its forums for too long. To change it, send the figure that is right.");
    const untilAt = previewEnds(found.firstAt ?? now, rules.dispute.workingDays);
    if (Temporal.Instant.compare(untilAt, now) <= 0)
      return refused("It was held for as long as the protocol allows. To change it, send the figure that is right.");
    const { id } = await trx
      .insertInto("dispute")
      .values({
        series: found.series,
        period: figure.period,
        submission: figure.submission,
        reason,
        by,
        at: now.toString(),
        until_at: untilAt.toString(),
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await holdDisputed(trx, now, [found.series]);
    await stopClocks(trx, [found.series], now);
    const subject = `submission ${figure.submission}`;
    const detail = { dispute: id, ...figure, reason, until: untilAt.toString() };
    await recordAudit(trx, { at: now, actor: by, action: "figure-disputed", subject, detail });
    return { kind: "disputed", id, untilAt };
  });
}

const refused = (why: string): DisputeOutcome => ({ kind: "refused", why });

function isInPreview({ readAt, released }: Found, workingDays: number, now: Temporal.Instant): boolean {
  return readAt !== null && !released && Temporal.Instant.compare(previewEnds(readAt, workingDays), now) > 0;
}

async function find(db: Kysely<Database>, { submission, metric, organisation, period }: Figure): Promise<Found | null> {
  const { rows } = await sql<Found>`select s.id as series, m.frequency, m.due_working_day as "dueWorkingDay",
      coalesce(st.submissions[at.place] = ${submission} and st.vals[at.place] is not null, false) as holds,
      exists (select from dispute d where d.series = s.id and d.period = ${period} and d.submission = ${submission}) as before,
      (select min(d.at) from dispute d where d.series = s.id and d.period = ${period}) as "firstAt",
      b.read_at as "readAt", b.released_at is not null as released
    from series s join series_state st on st.series = s.id join metric m on m.code = s.metric and m.until is null
    join submission b on b.id = ${submission}
    cross join lateral (select (${period}::int - st.first_period) / (case m.frequency when 'quarterly'
      then ${stepOf("quarterly")}::int else 1 end) + 1 as place) at
    where s.metric = ${metric} and s.organisation = ${organisation}
      and exists (select from observation o where o.series = s.id and o.period = ${period} and o.submission = b.id)`.execute(
    db,
  );
  return rows[0] ?? null;
}
