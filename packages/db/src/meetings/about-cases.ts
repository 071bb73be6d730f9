import { type Kysely, sql } from "kysely";
import { WAITS } from "../case-acts/acts-of-case.ts";
import type { Database } from "../tables.ts";
import type { AgendaCaseFacts } from "./agenda-facts.ts";

/** What goes with a case beside its figures, by the case's id. */
export type AboutCase = Pick<
  AgendaCaseFacts,
  "isChallenged" | "isHeldForSignOff" | "isDisputed" | "plan" | "risks" | "commentary"
>;

export const NOTHING_MORE: AboutCase = {
  isChallenged: false,
  isHeldForSignOff: false,
  isDisputed: false,
  plan: null,
  risks: [],
  commentary: null,
};

/**
 * Whether cases are challenged, held for sign-off or disputed by a moment, the plan that answers them, their risks, and what
 * was last written of their figures: one statement for all of them.
 */
export async function aboutCases(
  db: Kysely<Database>,
  cases: readonly number[],
  asOf: Temporal.Instant,
): Promise<ReadonlyMap<number, AboutCase>> {
  if (cases.length === 0) return new Map();
  const to = sql`${asOf.toString()}::timestamptz`;
  const { rows } = await sql<AboutCase & { id: number }>`
    select e.id, exists (select from request q where q.escalation = e.id and q.kind = 'challenge'
        and q.asked_at <= ${to} and (q.ended_at is null or q.ended_at > ${to})) as "isChallenged",
      coalesce((select x.reasons @> ${WAITS}::jsonb from escalation_event x where x.escalation = e.id and x.at <= ${to}
        and (x.replaced_at is null or x.replaced_at > ${to}) order by x.period desc, x.id desc limit 1), false)
        as "isHeldForSignOff",
      exists (select from dispute d where d.series = e.series and d.at <= ${to} and (d.ended_at is null or d.ended_at > ${to}))
        as "isDisputed",
      (select json_build_object('id', p.id, 'state', p.state) from action_plan_case c join action_plan p on p.id = c.plan
        where c.escalation = e.id and c.added_at <= ${to} and (c.ended_at is null or c.ended_at > ${to}) and p.revision > 0
        order by c.added_at desc, p.id desc limit 1) as plan,
      coalesce((select json_agg(json_build_object('organisation', r.organisation, 'reference', r.reference, 'title', r.title,
          'score', r.likelihood * r.impact, 'reviewedOn', r.reviewed_on) order by r.likelihood * r.impact desc, r.reference)
        from risk_case k join risk r on r.organisation = k.organisation and lower(r.reference) = lower(k.reference)
          and r.at <= ${to} and (r.until is null or r.until > ${to})
        where k.escalation = e.id and k.at <= ${to} and (k.ended_at is null or k.ended_at > ${to})), '[]') as risks,
      (select json_build_object('period', w.period, 'words', w.words, 'by', w.by, 'at', w.at) from commentary w
        where w.series = e.series and w.at <= ${to} order by w.period desc, w.id desc limit 1) as commentary
    from escalation e where e.id = any(${[...cases]}::bigint[])`.execute(db);
  return new Map(rows.map(({ id, ...about }) => [id, about]));
}
