import { type Frequency, type Period, RAGS, type Rag, type Tier, TIERS } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import { RAG_LETTERS, TIER_LETTERS } from "./evaluation/write-decisions.ts";
import type { Database } from "./tables.ts";

/** What held of a series in a period, by one submission. */
export interface HeldFigure {
  readonly value: number | null;
  readonly noValue: string | null;
  readonly mark: string | null;
  readonly submission: number;
}

export interface DecidedFigure {
  readonly rag: Rag;
  readonly tier: Tier;
}

/** What one submission changed in one period when it came; null for what there was not, or is not decided yet. */
export interface SubmissionChange {
  readonly metric: string;
  readonly organisation: string;
  readonly frequency: Frequency;
  readonly period: Period;
  readonly before: HeldFigure | null;
  readonly after: HeldFigure;
  readonly decisionBefore: DecidedFigure | null;
  readonly decisionAfter: DecidedFigure | null;
}

/** The place of a change in the order of the list: metric, organisation, period. */
export interface ChangePlace {
  readonly metric: string;
  readonly organisation: string;
  readonly period: number;
}

interface Row extends Omit<SubmissionChange, "decisionBefore" | "decisionAfter"> {
  readonly letters_before: string | null;
  readonly letters_after: string | null;
}

/**
 * At most `limit` changes of a submission after a place, in order of metric, organisation and period: each row of it that
 * held when it came and said something else than what held before. Worked out from what was received up to it, so that it
 * says the same however late it is asked; a submission withdrawn before this one came counts for nothing.
 */
export async function submissionChanges(
  db: Kysely<Database>,
  submission: number,
  { after = null, limit }: { after?: ChangePlace | null; limit: number },
): Promise<SubmissionChange[]> {
  const from =
    after === null
      ? sql`true`
      : sql`(s.metric, s.organisation, o.period) > (${after.metric}, ${after.organisation}, ${after.period})`;
  const { rows } = await sql<Row>`
    with gone as (
      select id from submission where withdrawn_at is not null and withdrawn_after < ${submission}),
    own as materialized (
      select s.metric, s.organisation, coalesce(m.frequency, 'monthly') as frequency,
        case m.frequency when 'quarterly' then 3 else 1 end as step, o.*
      from observation o join series s on s.id = o.series
      left join metric m on m.code = s.metric and m.until is null
      where o.submission = ${submission} and ${from}
      order by s.metric, s.organisation, o.period)
    select own.metric, own.organisation, own.frequency, own.period,
      case when b.submission is not null then jsonb_build_object('value', b.value, 'noValue', b.no_value, 'mark', b.mark,
        'submission', first.submission) end as before,
      jsonb_build_object('value', own.value, 'noValue', own.no_value, 'mark', own.mark,
        'submission', own.submission) as after,
      case when a.evaluation is null then d.letters else rb.rag || rb.tier end as letters_before,
      a.letters as letters_after
    from own
    left join lateral (
      select o.* from observation o
      where o.series = own.series and o.period = own.period and o.submission < own.submission
        and o.submission not in (select id from gone)
      order by o.issued desc, o.submission desc limit 1) b on true
    -- What holds is named by the first of the unbroken row of equal ones, as everywhere.
    left join lateral (
      select o.submission from observation o
      where o.series = own.series and o.period = own.period and o.submission < own.submission
        and o.submission not in (select id from gone)
        and (o.issued, o.submission) > all (
          select x.issued, x.submission from observation x
          where x.series = own.series and x.period = own.period and x.submission < own.submission
            and x.submission not in (select id from gone)
            and (x.value, x.numerator, x.denominator, x.plan, x.no_value, x.mark) is distinct from
              (b.value, b.numerator, b.denominator, b.plan, b.no_value, b.mark))
      order by o.issued, o.submission limit 1) first on true
    left join lateral (
      select substr(c.rag, place, 1) || substr(c.tiers, place, 1) as letters, c.submissions[place] as submission,
        c.evaluations[place] as evaluation
      from series_decision c
      cross join lateral (select (own.period - c.first_period) / own.step + 1 as place) p
      where c.series = own.series and place between 1 and length(c.rag)) d on true
    -- The first decision that rests on this submission, and the one it took the place of.
    left join lateral (
      select r.rag || r.tier as letters, r.evaluation from decision_replaced r
      where r.series = own.series and r.period = own.period and r.submission = own.submission
      union all select d.letters, d.evaluation where d.submission = own.submission
      order by evaluation limit 1) a on true
    left join decision_replaced rb
      on rb.series = own.series and rb.period = own.period and rb.replaced_by = a.evaluation
    where b.submission is null
      or (own.issued >= b.issued
        and (own.value, own.numerator, own.denominator, own.plan, own.no_value, own.mark) is distinct from
          (b.value, b.numerator, b.denominator, b.plan, b.no_value, b.mark))
    order by own.metric, own.organisation, own.period limit ${limit}`.execute(db);
  return rows.map(({ letters_before, letters_after, ...row }) => ({
    ...row,
    decisionBefore: decided(letters_before),
    decisionAfter: decided(letters_after),
  }));
}

/** The two letters of a decision, RAG and tier, as words. */
function decided(letters: string | null): DecidedFigure | null {
  if (letters === null) return null;
  const [rag = "", tier = ""] = letters;
  return { rag: RAGS[RAG_LETTERS.indexOf(rag)] ?? "grey", tier: TIERS[TIER_LETTERS.indexOf(tier)] ?? "none" };
}
