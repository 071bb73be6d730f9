import { type Kysely, sql } from "kysely";
import { WAITS } from "./case-acts/acts-of-case.ts";
import { type CaseChoice, choiceHolds } from "./choices/case-choices.ts";
import type { Database, EscalationTable } from "./tables.ts";

/** A case that stands, shown to its forums, with its last move. */
export interface StandingCaseRow {
  readonly id: number;
  readonly concern: EscalationTable["concern"];
  readonly tier: EscalationTable["tier"];
  readonly frequency: EscalationTable["frequency"];
  readonly raisedIn: number;
  readonly organisation: string;
  readonly metric: string | null;
  readonly area: string | null;
  readonly areas: readonly string[];
  /** Those of the asked forums that it concerns: the one it stands before, and the boards of its areas. */
  readonly forums: readonly string[];
  readonly lastMove: string | null;
  readonly lastMovedIn: number | null;
  /** Whether it was acknowledged, and nothing followed. */
  readonly ranOut: boolean;
  /** Whether its figure has recovered and its chair has still to sign it off. */
  readonly awaitsSignOff: boolean;
  /** Until when its figure is disputed; null where it is not. */
  readonly disputedUntil: Temporal.Instant | null;
  /** What its chair chose, while it holds. */
  readonly chosen: Pick<CaseChoice, "choice" | "plan" | "until"> | null;
}

/** All that stands before any of these forums by `now`, names in place of codes; the SLT's first, then the longest. */
export async function standingBefore(
  db: Kysely<Database>,
  forums: readonly string[],
  now: Temporal.Instant,
): Promise<StandingCaseRow[]> {
  const { rows } = await sql<StandingCaseRow>`
    select e.id, e.concern, e.tier, e.frequency, e.raised_in as "raisedIn",
      coalesce(o.name, e.organisation) as organisation, m.name as metric, a.name as area,
      array(select coalesce(f.name, c) from unnest(last.areas) c left join forum f on f.code = c and f.until is null) as areas,
      array(select f from unnest(${forums}::text[]) f where f = e.forum or f = e.area or f = any(last.areas)) as forums,
      move.event as "lastMove", move.period as "lastMovedIn",
      coalesce((select a.ended_why = 'ran-out' from acknowledgement a where a.escalation = e.id order by a.id desc limit 1),
        false) as "ranOut",
      coalesce(last.waits, false) as "awaitsSignOff",
      (select max(d.until_at) from dispute d where d.series = e.series and d.ended_at is null) as "disputedUntil",
      (select json_build_object('choice', c.choice, 'plan', c.plan, 'until', c.until) from case_choice c
        where c.escalation = e.id and ${choiceHolds(now)}) as chosen
    from escalation e
    left join organisation o on o.code = e.organisation and o.until is null
    left join metric m on m.code = e.metric and m.until is null
    left join forum a on a.code = e.area and a.until is null
    left join lateral (select areas, reasons @> ${WAITS}::jsonb as waits from escalation_event x where x.escalation = e.id and x.replaced_at is null
      order by period desc limit 1) last on true
    left join lateral (select event, period from escalation_event x where x.escalation = e.id and x.replaced_at is null
      and x.event not in ('continued', 'held') order by period desc limit 1) move on true
    where e.standing and e.shown_at <= ${now.toString()}
      and (e.forum = any(${forums}::text[]) or e.area = any(${forums}::text[]) or last.areas && ${forums}::text[])
    order by e.tier desc, e.raised_in, metric, area, organisation, e.id`.execute(db);
  return rows;
}
