import { type Kysely, sql, type Transaction } from "kysely";
import type { Concern, TierName } from "../evaluation/cases.ts";
import type { Database } from "../tables.ts";
import { markOrganisationsDue } from "../evaluation/organisations-due.ts";

/** A case that is to be acted on, its row held, and its last event in force. */
export interface HeldCase {
  readonly id: number;
  readonly concern: Concern;
  readonly series: number | null;
  readonly organisation: string;
  readonly metric: string | null;
  readonly area: string | null;
  readonly frequency: "monthly" | "quarterly";
  readonly tier: TierName;
  readonly standing: boolean;
  readonly lastPeriod: number;
  readonly lastEvent: string;
  readonly lastRules: readonly string[];
}

/** The case, held until the transaction ends; null for one that never had an event in force. */
export async function holdCase(trx: Transaction<Database>, id: number): Promise<HeldCase | null> {
  await sql`select from escalation where id = ${id} for update`.execute(trx);
  return readActedOn(trx, id);
}

/** The same, read and not held. */
export async function readActedOn(db: Kysely<Database>, id: number): Promise<HeldCase | null> {
  const { rows } = await sql<HeldCase>`select e.id, e.concern, e.series, e.organisation, e.metric, e.area, e.frequency,
      e.tier, e.standing, x.period as "lastPeriod", x.event as "lastEvent",
      array(select r ->> 'rule' from jsonb_array_elements(x.reasons) r) as "lastRules"
    from escalation e join lateral (select period, event, reasons from escalation_event x
      where x.escalation = e.id and x.replaced_at is null order by period desc limit 1) x on true
    where e.id = ${id} and not e.withdrawn`.execute(db);
  return rows[0] ?? null;
}

/** Whether an act of a period holds already: two who do it at once do it once, so that it can be taken back whole. */
export async function isDone(
  trx: Transaction<Database>,
  { escalation, act, period }: { escalation: number; act: "sign-off" | "closure"; period: number },
): Promise<boolean> {
  const { rows } =
    await sql`select from case_act where escalation = ${escalation} and act = ${act} and period = ${period}
    and taken_back_at is null`.execute(trx);
  return rows.length > 0;
}

/** Has the case's subject decided anew, of an act that was just recorded or taken back. Ring assess-series afterwards. */
export async function decideAnew(
  trx: Transaction<Database>,
  { series, organisation }: Pick<HeldCase, "series" | "organisation">,
  now: Temporal.Instant,
): Promise<void> {
  if (series === null) return markOrganisationsDue(trx, [{ organisation, dueBy: [] }], now);
  await sql`update series_state set due = true, due_since = coalesce(due_since, ${now.toString()}), failure = null,
    failed_at = null where series = ${series}`.execute(trx);
}
