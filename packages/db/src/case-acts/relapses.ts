import { protocolSchema, relapseAfter, rulesFor } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";

/** How soon after the case before it a figure was back, and the last plan that was accepted for that one. */
export interface Relapse {
  /** Months, or quarters of a quarterly metric. */
  readonly periods: number;
  readonly previous: number;
  readonly plan: number | null;
}

interface Row {
  readonly id: number;
  readonly previous: number;
  readonly raisedIn: number;
  readonly endedIn: number;
  readonly frequency: "monthly" | "quarterly";
  readonly plan: number | null;
  readonly protocol: unknown;
}

/** Which of the given cases are relapses by the protocol in force, by id. */
export async function relapsesOf(db: Kysely<Database>, cases: readonly number[]): Promise<Map<number, Relapse>> {
  if (cases.length === 0) return new Map();
  const { rows } = await sql<Row>`select e.id, p.id as previous, e.raised_in as "raisedIn", p.ended_in as "endedIn",
      e.frequency, k.body as protocol,
      (select max(c.plan) from action_plan_case c join action_plan_revision r on r.plan = c.plan and r.decision = 'accepted'
        where c.escalation = p.id) as plan
    from escalation e join escalation p on p.id = e.previous and p.ended_in is not null
    join protocol k on k.until is null
    where e.id = any(${cases}) and e.concern = 'performance' and not e.withdrawn`.execute(db);
  return new Map(
    rows.flatMap(({ id, previous, plan, protocol, ...following }) => {
      const { monitoringPeriods } = rulesFor(protocolSchema.parse(protocol), following.frequency);
      const periods = relapseAfter(following, monitoringPeriods);
      return periods === null ? [] : [[id, { periods, previous, plan }] as const];
    }),
  );
}
