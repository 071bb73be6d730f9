import { sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";
import { linkSeries } from "./link-series.ts";

/** Columns of a metric that no decision rests on. */
const TOLD_ONLY = ["name", "description", "domain", "urgent"];

/** How much a load made due. */
export interface MadeDue {
  readonly series: number;
  readonly organisations: number;
}

/**
 * Marks as due whatever the differences touch, and links series anew where the tree changed. The differences are written
 * already, so that the tables say what holds now and `diff_<table>.old_id` what held before.
 */
export async function markTouched(trx: Transaction<Database>, now: Temporal.Instant): Promise<MadeDue> {
  await sql`create temp table touched_series (series int not null) on commit drop`.execute(trx);
  await sql`create temp table touched_organisation (organisation text not null) on commit drop`.execute(trx);
  await touchByThresholds(trx);
  await touchByPlans(trx);
  await touchByMetrics(trx);
  await touchByProtocolOrForums(trx);
  await touchByOrganisations(trx);
  await touchByChangesOfOrganisations(trx);
  return { series: await markSeries(trx, now), organisations: await markOrganisations(trx, now) };
}

async function touchByThresholds(trx: Transaction<Database>): Promise<void> {
  await sql`insert into touched_series
    select s.id from diff_threshold d
    join series s on s.metric = d.metric and (d.organisation is null or s.organisation = d.organisation)
    left join organisation o on o.code = s.organisation and o.until is null
    left join threshold t on t.id = d.old_id
    where (d.level is null or d.level = o.kind)
      and (t.id is null or not d.present
        or (d.basis, d.board, d.slt, d.to_period) is distinct from (t.basis, t.board, t.slt, t.to_period))`.execute(
    trx,
  );
}

/** A series may be compared with the system's plan, so that a change there touches every series of the metric. */
async function touchByPlans(trx: Transaction<Database>): Promise<void> {
  await sql`insert into touched_series
    select s.id from (select distinct metric, organisation from diff_plan) d
    join series s on s.metric = d.metric and s.organisation = d.organisation`.execute(trx);
  await sql`insert into touched_series
    select s.id from series s
    where s.metric in (
      select d.metric from diff_plan d join organisation o on o.code = d.organisation and o.kind = 'system' and o.until is null)`.execute(
    trx,
  );
}

async function touchByMetrics(trx: Transaction<Database>): Promise<void> {
  await sql`create temp table touched_metric on commit drop as
    select d.code, d.area is distinct from m.area as moved from diff_metric d join metric m on m.id = d.old_id
    where d.present and to_jsonb(d) - ${TOLD_ONLY}::text[] - '{old_id,present}'::text[]
      <> to_jsonb(m) - ${TOLD_ONLY}::text[] - '{id,since,until}'::text[]`.execute(trx);
  await sql`insert into touched_series select s.id from series s where s.metric in (select code from touched_metric)`.execute(
    trx,
  );
  await sql`insert into touched_organisation
    select distinct s.organisation from series s where s.metric in (select code from touched_metric where moved)`.execute(
    trx,
  );
}

/** The protocol decides everything; so does which forum is the SLT, for cases stand before it. */
async function touchByProtocolOrForums(trx: Transaction<Database>): Promise<void> {
  const all = sql`exists (select from diff_protocol) or exists (
    select from diff_forum d left join forum f on f.id = d.old_id
    where 'slt' in (d.tier, f.tier) and (f.id is null or not d.present or d.tier <> f.tier))`;
  await sql`insert into touched_series select id from series where ${all}`.execute(trx);
  await sql`insert into touched_organisation select distinct organisation from series where ${all}`.execute(trx);
}

/** What an organisation is, and when it was open, touches its series and those above, before and after a move. */
async function touchByOrganisations(trx: Transaction<Database>): Promise<void> {
  await sql`create temp table touched_tree on commit drop as
    select d.code from diff_organisation d left join organisation o on o.id = d.old_id
    where not d.present or o.id is null
      or (d.kind, d.parent, d.opened, d.closed) is distinct from (o.kind, o.parent, o.opened, o.closed)`.execute(trx);
  await sql`insert into touched_organisation
    select d.code from touched_tree d where exists (select from series s where s.organisation = d.code)`.execute(trx);
  const upwards = sql`insert into touched_series
    with recursive up as (
      select st.series, st.parent from series_state st join series s on s.id = st.series
      where s.organisation in (select code from touched_tree)
      union select p.series, p.parent from up join series_state p on p.series = up.parent)
    select series from up`;
  await upwards.execute(trx);
  const { rows } = await sql<{ relink: boolean }>`select exists (select from touched_tree) or exists (
    select from diff_metric d join metric m on m.id = d.old_id where d.aggregation <> m.aggregation) as relink`.execute(
    trx,
  );
  if (rows[0]?.relink !== true) return;
  await linkSeries(trx);
  await upwards.execute(trx);
  await sql`insert into touched_series select s.id from series s where s.metric in (select code from touched_metric)`.execute(
    trx,
  );
}

/**
 * Where an organisation stood before touches its series and, of the same metrics, those of all above it, there and now;
 * who carries on for it touches its series and its successor's. Both touch what these organisations owe.
 */
async function touchByChangesOfOrganisations(trx: Transaction<Database>): Promise<void> {
  await sql`create temp table touched_by_change on commit drop as
    select organisation as code from diff_organisation_parent
    union select organisation from diff_successor
    union select successor from diff_successor`.execute(trx);
  await sql`insert into touched_organisation
    select c.code from touched_by_change c where exists (select from series s where s.organisation = c.code)`.execute(
    trx,
  );
  const { rows } = await sql<{ moved: boolean }>`select exists (select from diff_organisation_parent) as moved`.execute(
    trx,
  );
  if (rows[0]?.moved === true) await linkSeries(trx);
  await sql`insert into touched_series
    with recursive above as (
      select organisation as code from diff_organisation_parent
      union select parent from diff_organisation_parent where present
      union select p.parent from diff_organisation_parent d join organisation_parent p on p.id = d.old_id
      union select o.parent from above a
        join organisation o on o.code = a.code and o.until is null and o.parent is not null)
    select id from series
    where organisation in (select code from above) and metric in (select metric from series
      where organisation in (select organisation from diff_organisation_parent))
    union all select id from series where organisation in (select code from touched_by_change)`.execute(trx);
}

async function markSeries(trx: Transaction<Database>, now: Temporal.Instant): Promise<number> {
  await sql`select series from series_state where series in (select series from touched_series)
    order by series for update`.execute(trx);
  const at = now.toString();
  const { numAffectedRows } = await sql`update series_state
    set due = true, due_since = least(coalesce(due_since, ${at}), ${at}), failure = null, failed_at = null
    where series in (select series from touched_series)`.execute(trx);
  return Number(numAffectedRows ?? 0);
}

async function markOrganisations(trx: Transaction<Database>, now: Temporal.Instant): Promise<number> {
  const { numAffectedRows } = await sql`insert into organisation_due as held (organisation, due_since)
    select distinct organisation, ${now.toString()}::timestamptz from touched_organisation order by 1
    on conflict (organisation) do update
      set due_since = least(held.due_since, excluded.due_since), failure = null, failed_at = null`.execute(trx);
  return Number(numAffectedRows ?? 0);
}
