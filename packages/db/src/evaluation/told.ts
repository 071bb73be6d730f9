import { sql, type Transaction } from "kysely";
import { givesWay, mayGiveWay } from "../overtaken.ts";
import type { Database } from "../tables.ts";

/** What people were last told of one period of a case; `none` that nothing stands there. */
export interface Said {
  readonly period: number;
  readonly event: string;
  readonly tier: string;
}

/** What is known of the telling of one case. */
export interface ToldOfCase {
  /** The last period that its forums were told of or are about to be; null for none. */
  readonly through: number | null;
  /** The last period that anyone was told of or is about to be: its owner alone, who is asked for a plan first. */
  readonly throughAnyone: number | null;
  /** The last period of which word has left to its forums: what is changed up to it was told, and is restated. */
  readonly throughLeft: number | null;
  /** Whom notices of the case have reached, or may have. */
  readonly people: readonly string[];
  /** What those notices said, one a period. */
  readonly said: readonly Said[];
}

const ABOUT_CASES = sql`('digest', 'correction', 'action-plan-request', 'commentary-request')`;
/** What leaders hear; a request goes to the owner or the author alone. */
const TO_FORUMS = sql`t.kind = 'digest' and t.forums <> '{}'`;
const HAS_LEFT = sql`n.status in ('sending', 'sent', 'unknown')`;

/** What was told of the given cases; those of which nothing was, nor is about to be, are left out. */
export async function toldOfCases(
  trx: Transaction<Database>,
  cases: readonly number[],
): Promise<Map<number, ToldOfCase>> {
  if (cases.length === 0) return new Map();
  const through = await sql<Through>`select t.escalation, max(t.period) as anyone,
      max(t.period) filter (where ${TO_FORUMS}) as forums,
      max(t.period) filter (where ${TO_FORUMS} and left_by.telling is not null) as gone
    from telling t
    left join lateral (select n.telling from notice n where n.telling = t.id and ${HAS_LEFT} limit 1) left_by on true
    where t.escalation = any(${cases}) and t.state <> 'dropped' and t.period is not null and t.kind in ${ABOUT_CASES}
    group by t.escalation`.execute(trx);
  const people = await sql<{ escalation: number; recipients: string[] }>`
    select n.escalation, array_agg(distinct n.recipient) as recipients from notice n
    where n.escalation = any(${cases}) and ${HAS_LEFT} and n.kind in ${ABOUT_CASES}
    group by n.escalation`.execute(trx);
  const said = await saidOf(
    trx,
    people.rows.map(({ escalation }) => escalation),
  );
  const reached = new Map(people.rows.map((row) => [row.escalation, row.recipients]));
  const known = new Map(through.rows.map((row) => [row.escalation, row]));
  const all = new Set([...reached.keys(), ...known.keys()]);
  return new Map(
    [...all].map((id) => {
      const { forums = null, anyone = null, gone = null } = known.get(id) ?? {};
      const ofCase = [...(said.get(id)?.values() ?? [])];
      return [
        id,
        { through: forums, throughAnyone: anyone, throughLeft: gone, people: reached.get(id) ?? [], said: ofCase },
      ];
    }),
  );
}

interface Through {
  escalation: number;
  anyone: number;
  forums: number | null;
  gone: number | null;
}

interface TellingSaid {
  escalation: number;
  period: number | null;
  event: string | null;
  tier: string | null;
  says: Said[] | null;
}

async function saidOf(trx: Transaction<Database>, cases: readonly number[]): Promise<Map<number, Map<number, Said>>> {
  const said = new Map<number, Map<number, Said>>();
  if (cases.length === 0) return said;
  const { rows } = await sql<TellingSaid>`select t.escalation, t.period, e.event, e.tier, t.detail -> 'says' as says
    from telling t left join escalation_event e on e.id = t.event
    where t.escalation = any(${cases}) and t.kind in ${ABOUT_CASES}
      and exists (select from notice n where n.telling = t.id and ${HAS_LEFT})
    order by t.escalation, t.id`.execute(trx);
  for (const { escalation, period, event, tier, says } of rows) {
    let ofCase = said.get(escalation);
    if (ofCase === undefined) said.set(escalation, (ofCase = new Map()));
    for (const one of says ?? []) ofCase.set(one.period, one);
    if (says === null && period !== null && event !== null && tier !== null)
      ofCase.set(period, { period, event, tier });
  }
  return said;
}

/**
 * Takes back corrections of cases that have changed again and have not left: what is still wrong is worked out anew from
 * what has been said.
 */
export async function takeBackCorrections(trx: Transaction<Database>, cases: readonly number[]): Promise<void> {
  if (cases.length === 0) return;
  const concerned = sql`escalation = any(${cases}) and kind = 'correction'`;
  await sql`update telling set state = 'dropped' where ${concerned} and state = 'waiting'`.execute(trx);
  await sql`update notice n set ${givesWay} where ${concerned} and ${mayGiveWay}`.execute(trx);
  await sql`update telling t set state = 'dropped' where ${concerned} and state = 'made'
    and not exists (select from notice n where n.telling = t.id and n.status <> 'superseded')`.execute(trx);
}
