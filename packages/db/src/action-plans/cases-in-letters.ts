import { protocolSchema, type Rules, rulesFor } from "@signalbox/domain";
import { sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";
import type { CaseOfActionPlan } from "./plans.ts";

/** Of one case, what a letter says of it, and who is asked about it. */
export interface CaseInLetter {
  readonly id: number;
  /** The facts of the case as its own letters told them last; else its names. */
  readonly detail: Readonly<Record<string, unknown>>;
  /** Chair and secretary of its forum; where it has neither, those of the forum above. */
  readonly deciders: readonly string[];
  /** Whom it asked for a plan last. */
  readonly owners: readonly string[];
}

/** What letters say of these cases, by case: one statement, however many there are. */
export async function casesInLetters(
  trx: Transaction<Database>,
  cases: readonly Pick<CaseOfActionPlan, "id">[],
): Promise<ReadonlyMap<number, CaseInLetter>> {
  const { rows } = await sql<CaseInLetter>`
    select e.id,
      coalesce(told.detail - array['except', 'dueOn', 'seenBy', 'asksFor', 'said', 'headline', 'answerAt', 'why', 'before', 'was', 'event'],
        jsonb_build_object('title', coalesce(m.name, 'Several areas'))) || jsonb_build_object('organisation',
          coalesce(o.name, e.organisation)) as detail,
      coalesce(nullif(array(select distinct p.email from person p where p.until is null and p.role in ('chair', 'secretary')
          and p.organisation is null and p.forum = e.forum), '{}'),
        array(select distinct p.email from person p join forum f on f.code = e.forum and f.until is null
          where p.until is null and p.role in ('chair', 'secretary') and p.organisation is null and p.forum = f.parent)) as deciders,
      coalesce((select r.recipients from request r where r.escalation = e.id and r.kind = 'action-plan' order by r.id desc limit 1),
        '{}') as owners
    from escalation e
    left join metric m on m.code = e.metric and m.until is null
    left join organisation o on o.code = e.organisation and o.until is null
    left join lateral (select t.detail from telling t where t.escalation = e.id and t.detail ? 'title'
      and t.kind in ('digest', 'action-plan-request', 'commentary-request') order by t.period desc nulls last, t.id desc limit 1) told on true
    where e.id = any(${cases.map(({ id }) => id)}::bigint[])`.execute(trx);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The protocol in force for each frequency; null where none was loaded. */
export async function rulesInForce(trx: Transaction<Database>) {
  const row = await trx.selectFrom("protocol").select("body").where("until", "is", null).executeTakeFirst();
  const body = row === undefined ? null : protocolSchema.parse(row.body);
  return (frequency: "monthly" | "quarterly"): Rules | null => (body === null ? null : rulesFor(body, frequency));
}
