import { sql } from "kysely";
import type { Pipeline } from "../harness/pipeline.ts";
import { eightOn, isWorkingDayElsewhere, workingDaysOn } from "./english-days.ts";

/** One thing that was said of a request, and when. */
export interface Ring {
  readonly reason: string;
  readonly at: string;
}

interface Asked {
  readonly id: number;
  readonly kind: string;
  readonly dueOn: string;
  readonly askedAt: Temporal.Instant;
  readonly endedAt: Temporal.Instant | null;
  readonly heard: readonly Ring[];
}

/** Whoever decides for a forum is not gone above: those go to the agenda. */
const ASKED_OF_FORUMS: ReadonlySet<string> = new Set(["plan-decision", "case-sign-off", "review"]);

/**
 * The requests of a year that were chased by one day alone, with all that was said of each. One that was moved, disputed or
 * handed to somebody else has its own tests.
 */
export async function chased({ db }: Pipeline): Promise<Asked[]> {
  const { rows } = await sql<Asked>`
    select r.id, r.kind, r.due_on as "dueOn", r.asked_at as "askedAt", r.ended_at as "endedAt",
      coalesce((select json_agg(json_build_object('reason', t.reason, 'at', t.tell_at) order by t.tell_at, t.reason)
        from telling t where t.kind in ('reminder', 'overdue') and t.key like 'request:' || r.id || ':%'), '[]') as heard
    from request r where not r.quiet and r.paused_until is null
      and not exists (select from request_date d where d.request = r.id)
    order by r.id`.execute(db);
  return rows.map((row) => ({
    ...row,
    heard: row.heard.map(({ reason, at }) => ({ reason, at: Temporal.Instant.from(at).toString() })),
  }));
}

/** What was to be said of a request by the demo's protocol (2 working days before, 5 a level) until it ended. */
export function expectedRings({ kind, dueOn, askedAt, endedAt }: Asked, last: Temporal.Instant): Ring[] {
  const due = Temporal.PlainDate.from(dueOn);
  const overdue = workingDaysOn(due, 1);
  const onTheDay = isWorkingDayElsewhere(due) ? due : workingDaysOn(due, -1);
  const all = [
    { reason: "reminder", day: workingDaysOn(due, -2) },
    { reason: "due", day: onTheDay },
    { reason: "overdue", day: overdue },
    ...(ASKED_OF_FORUMS.has(kind) ? [] : [{ reason: "raised-a-level", day: workingDaysOn(overdue, 5) }]),
  ];
  const askedOn = askedAt.toZonedDateTimeISO("Europe/London").toPlainDate();
  const until = endedAt ?? last;
  return all
    .filter(({ day }, i) => {
      const isSaidByTheNext = all[i + 1]?.day.equals(day) === true;
      return Temporal.PlainDate.compare(day, askedOn) > 0 && !isSaidByTheNext;
    })
    .map(({ reason, day }) => ({ reason, at: eightOn(day) }))
    .filter(({ at }) => Temporal.Instant.compare(at, until) <= 0)
    .map(({ reason, at }) => ({ reason, at: at.toString() }));
}
