import { dayOf } from "@signalbox/domain";
import { type Kysely, type RawBuilder, type Selectable, sql } from "kysely";
import type { CaseChoiceTable } from "../tables/follow-through.ts";
import type { Database } from "../tables.ts";

export const CHOICES = ["ask-plan", "covered-by", "accept-until", "wait"] as const;
export type Choice = Selectable<CaseChoiceTable>["choice"];

/** What somebody chose for a case, and whether it holds. */
export interface CaseChoice {
  readonly id: number;
  readonly escalation: number;
  readonly choice: Choice;
  readonly plan: number | null;
  /** "2026-12-08": until when nothing is asked, or the day on which the plan that was asked for is due. */
  readonly until: string | null;
  readonly reason: string;
  /** Who chose, or wrote down what the chair chose. */
  readonly by: string;
  readonly at: Temporal.Instant;
  readonly holds: boolean;
}

/**
 * Whether a choice `c` holds: no later one took its place; and of one that lets a case rest, its day has not passed and the
 * case has not stepped up since, for then its owner is asked anew.
 */
export function choiceHolds(now: Temporal.Instant): RawBuilder<boolean> {
  return sql`(c.ended_at is null and (c.choice not in ('accept-until', 'wait') or (
    c.until >= ${dayOf(now).toString()}::date
    and not exists (select from escalation_event x where x.escalation = c.escalation and x.replaced_at is null
      and x.event = 'stepped-up' and x.at > c.at))))`;
}

const columns = (now: Temporal.Instant) => sql`c.id, c.escalation, c.choice, c.plan, c.until, c.reason, c.by, c.at,
  ${choiceHolds(now)} as holds`;

/** Everything that was chosen for a case, the latest first. */
export async function choicesOf(
  db: Kysely<Database>,
  escalation: number,
  now: Temporal.Instant,
): Promise<CaseChoice[]> {
  const { rows } = await sql<CaseChoice>`
    select ${columns(now)} from case_choice c where c.escalation = ${escalation} order by c.id desc`.execute(db);
  return rows;
}
