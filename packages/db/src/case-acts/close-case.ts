import { type Closing, type MayClose, mayClose, stepOf } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import { recordAudit } from "../audit.ts";
import { RAG_LETTERS } from "../evaluation/write-decisions.ts";
import type { Database } from "../tables.ts";
import type { Act, ActOutcome } from "./sign-off-case.ts";
import { decideAnew, type HeldCase, holdCase, isDone, readActedOn } from "./standing-case.ts";

/** How far a case's figures reach, and what a chair's right to close it rests on. */
interface Facts extends Omit<Closing, "concern" | "standing"> {
  readonly lastReached: number;
}

/**
 * Closes a case that no figure can resolve, with a minute: as of the last period reached, with a value or without. Ring
 * assess-series, assess-organisations and tell afterwards.
 */
export async function closeCase(
  db: Kysely<Database>,
  escalation: number,
  { by, note, now, through }: Act,
): Promise<ActOutcome> {
  return db.transaction().execute(async (trx) => {
    const one = await holdCase(trx, escalation);
    if (one === null) return { kind: "refused", why: "It stands no more." };
    const facts = await factsOf(trx, one);
    const { may, why } = mayClose({ ...one, ...facts }, one.frequency);
    if (!may) return { kind: "refused", why };
    const period = closedIn(one, facts.lastReached);
    if (await isDone(trx, { escalation, act: "closure", period }))
      return { kind: "refused", why: "It was closed just now: what follows from that is being decided." };
    const { id: act } = await trx
      .insertInto("case_act")
      .values({ act: "closure", escalation, series: one.series, period, note, by, at: now.toString() })
      .returning("id")
      .executeTakeFirstOrThrow();
    await decideAnew(trx, one, now);
    const subject = `escalation ${escalation}`;
    await recordAudit(trx, {
      at: now,
      actor: by,
      action: "case-closed",
      subject,
      detail: { act, period, minute: note, why, ...(through === undefined ? {} : { through }) },
    });
    return { kind: "done", act };
  });
}

/** Whether a chair may close a case now, and in words why, or why not; null for a case that is none. */
export async function mayCloseCase(db: Kysely<Database>, escalation: number): Promise<MayClose | null> {
  const one = await readActedOn(db, escalation);
  return one === null ? null : mayClose({ ...one, ...(await factsOf(db, one)) }, one.frequency);
}

/** In the last period reached, or after it where that period moved the case: a move stays as it was told. */
function closedIn({ lastPeriod, lastEvent, frequency }: HeldCase, lastReached: number): number {
  const stays = lastEvent === "continued" || lastEvent === "held";
  if (lastPeriod < lastReached) return lastReached;
  return stays ? lastPeriod : lastPeriod + stepOf(frequency);
}

const NO_DATA = RAG_LETTERS[0] ?? "";

async function factsOf(db: Kysely<Database>, one: HeldCase): Promise<Facts> {
  if (one.concern === "performance") return factsOfSeries(db, one);
  const named = await sql<{ metrics: string[] }>`select metrics from escalation_event
    where escalation = ${one.id} and replaced_at is null and cardinality(metrics) > 0 order by period desc limit 1`.execute(
    db,
  );
  const { rows } = await sql<{ last: number; silent: number; without: number; step: number }>`
    select d.first_period + (length(d.rag) - 1) * step.months as last, d.silent[array_upper(d.silent, 1)] as silent,
      length(d.rag) - length(rtrim(d.rag, ${NO_DATA})) as without, step.months as step
    from series s join series_decision d on d.series = s.id join metric m on m.code = s.metric and m.until is null
    cross join lateral (select case m.frequency when 'quarterly' then ${stepOf("quarterly")}::int else 1 end as months) step
    where s.organisation = ${one.organisation}
      and (${one.concern} = 'several-areas' or s.metric = any(${named.rows[0]?.metrics ?? []}::text[]))`.execute(db);
  // Several areas go by months: a quarter reaches to its last one, and a quarter without a figure is three of them.
  const areas = one.concern === "several-areas";
  const reached = rows.map(({ last, step }) => last + (areas ? step - 1 : 0));
  const lastReached = Math.max(one.lastPeriod, ...reached);
  const without = rows.map((row, at) => {
    if (!areas) return row.silent;
    return row.without * row.step + lastReached - (reached[at] ?? lastReached);
  });
  const withoutFigure = Math.min(...without, Infinity);
  const rest = { inCatalogue: rows.length > 0, byLimit: false, limited: false };
  return { lastReached, withoutFigure: Number.isFinite(withoutFigure) ? withoutFigure : 0, ...rest };
}

async function factsOfSeries(db: Kysely<Database>, { id, series, lastPeriod }: HeldCase): Promise<Facts> {
  const { rows } = await sql<Facts>`select
      exists (select from metric m where m.code = e.metric and m.until is null) as "inCatalogue",
      coalesce(d.first_period + (length(d.rag) - 1) * (case e.frequency when 'quarterly' then ${stepOf("quarterly")}::int
        else 1 end), ${lastPeriod}::int) as "lastReached",
      coalesce(length(d.rag) - length(rtrim(d.rag, ${NO_DATA})), 0) as "withoutFigure",
      exists (select from escalation_event x, jsonb_array_elements(x.reasons) r where x.escalation = e.id
        and x.replaced_at is null and r ->> 'rule' in ('threshold', 'persistence')) as "byLimit",
      exists (select from threshold t where t.id = d.thresholds[array_upper(d.thresholds, 1)]
        and t.status = 'approved') as limited
    from escalation e left join series_decision d on d.series = ${series} where e.id = ${id}`.execute(db);
  const [found] = rows;
  if (found === undefined) throw new Error(`case ${id} is gone while it is held`);
  return found;
}
