import type { PlanBody } from "@signalbox/domain";
import { sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";

/**
 * Writes the actions of a revision that was accepted. A number that was there before keeps its row, and what was said of it;
 * one that is there no longer is marked as dropped.
 */
export async function writeActions(
  trx: Transaction<Database>,
  { plan, revision, body }: { plan: number; revision: number; body: PlanBody },
): Promise<void> {
  const rows = body.actions.map(({ number, what, owner, startsOn, dueOn, effect }) => ({
    number,
    what: what.trim(),
    owner: owner.trim(),
    starts_on: startsOn,
    due_on: dueOn,
    metric: effect?.metric ?? null,
    organisation: effect?.organisation ?? null,
    effect_by: effect?.by ?? null,
    effect_in: effect?.in ?? null,
  }));
  await sql`insert into action (plan, number, what, owner, starts_on, due_on, effect_series, effect_by, effect_in, added_in)
    select ${plan}, v.number, v.what, v.owner, v.starts_on, v.due_on, s.id, v.effect_by, v.effect_in, ${revision}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v(number int, what text, owner text, starts_on date, due_on date,
      metric text, organisation text, effect_by float8, effect_in int)
    left join series s on s.metric = v.metric and s.organisation = v.organisation
    order by v.number
    on conflict (plan, number) do update set what = excluded.what, owner = excluded.owner, starts_on = excluded.starts_on,
      due_on = excluded.due_on, effect_series = excluded.effect_series, effect_by = excluded.effect_by,
      effect_in = excluded.effect_in, dropped_in = null`.execute(trx);
  await sql`update action set dropped_in = ${revision}
    where plan = ${plan} and dropped_in is null and number <> all(${rows.map(({ number }) => number)}::int[])`.execute(
    trx,
  );
}
