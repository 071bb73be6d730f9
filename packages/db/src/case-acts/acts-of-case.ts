import type { Period } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";

/** What a chair did about a case: signed it off, or closed it; as of which period, and whether it was taken back. */
export interface ActOfCase {
  readonly id: number;
  readonly act: "sign-off" | "closure";
  readonly period: Period;
  readonly note: string;
  readonly by: string;
  readonly at: Temporal.Instant;
  readonly takenBackBy: string | null;
  readonly takenBackAt: Temporal.Instant | null;
}

/** Why a chair did not sign off for now, and by when they look again. */
export interface Refusal {
  readonly reason: string;
  /** "2026-12-08" */
  readonly reviewOn: string;
  readonly by: string;
  readonly at: Temporal.Instant;
  readonly endedAt: Temporal.Instant | null;
}

/** The acts about the given cases, oldest first, those taken back too. */
export async function actsOfCases(db: Kysely<Database>, cases: readonly number[]): Promise<Map<number, ActOfCase[]>> {
  if (cases.length === 0) return new Map();
  const { rows } = await sql<ActOfCase & { escalation: number }>`select id, escalation, act, period, note, by, at,
    taken_back_by as "takenBackBy", taken_back_at as "takenBackAt" from case_act
    where escalation = any(${cases}) order by id`.execute(db);
  return Map.groupBy(rows, ({ escalation }) => escalation);
}

/** Whether a case waits for a signature, since when it was asked for, and what its chair has said of it so far. */
export interface SigningOfCase {
  readonly awaits: boolean;
  /** The first period in which it was held for it. */
  readonly heldSince: Period | null;
  readonly dueOn: string | null;
  readonly refusals: readonly Refusal[];
}

/** How the signing of a case stands. */
export async function signingOfCase(db: Kysely<Database>, escalation: number): Promise<SigningOfCase> {
  const { rows } = await sql<SigningOfCase>`select
      e.standing and coalesce(last.waits, false) as awaits,
      case when e.standing and last.waits then (select min(x.period) from escalation_event x
        where x.escalation = e.id and x.replaced_at is null and x.reasons @> ${WAITS}::jsonb
          and x.period > coalesce((select max(y.period) from escalation_event y where y.escalation = e.id
            and y.replaced_at is null and not y.reasons @> ${WAITS}::jsonb), -1)) end as "heldSince",
      (select r.due_on from request r where r.escalation = e.id and r.kind = 'case-sign-off' and r.ended_at is null limit 1)
        as "dueOn",
      coalesce((select json_agg(json_build_object('reason', f.reason, 'reviewOn', f.review_on, 'by', f.by, 'at', f.at,
        'endedAt', f.ended_at) order by f.id) from sign_off_refusal f where f.escalation = e.id), '[]') as refusals
    from escalation e left join lateral (select x.reasons @> ${WAITS}::jsonb as waits from escalation_event x
      where x.escalation = e.id and x.replaced_at is null order by period desc limit 1) last on true
    where e.id = ${escalation}`.execute(db);
  const [found] = rows;
  if (found === undefined) return { awaits: false, heldSince: null, dueOn: null, refusals: [] };
  return { ...found, refusals: found.refusals.map(asRefusal) };
}

/** What the reasons of an event have in them while it waits for its chair's signature. */
export const WAITS = JSON.stringify([{ rule: "sign-off" }]);

/** Moments leave JSON as text. */
function asRefusal({ at, endedAt, ...rest }: Refusal): Refusal {
  const moment = (given: unknown) => Temporal.Instant.from(new Date(String(given)).toISOString());
  return { ...rest, at: moment(at), endedAt: endedAt === null ? null : moment(endedAt) };
}
