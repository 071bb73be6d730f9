import { NAMED_MISSING } from "@signalbox/domain";
import { sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";
import { figures, flags } from "./arrays.ts";
import type { FormerLink } from "./due-series.ts";

/** What was decided of a series below another: the figures that its parent's are computed of. */
export interface DecidedChild {
  readonly parent: number;
  readonly organisation: string;
  /** Whether nothing was ever submitted for it, so that it is only computed from those below it. */
  readonly isComputed: boolean;
  readonly first: number;
  readonly count: number;
  readonly values: Float64Array;
  readonly numerators: Float64Array;
  readonly denominators: Float64Array;
  /** Periods in a row without a value or a reason for none. */
  readonly silentFor: Float64Array;
  readonly partial: Uint8Array;
  readonly restated: Uint8Array;
  /** Periods after the last decided one for which somebody has already said that there is no value, and why. */
  readonly reasonsAfter: ReadonlySet<number>;
  /** Whom the child's own partial value lacks, by period. */
  readonly missing: Readonly<Record<string, readonly string[]>>;
}

interface Row {
  parent: number;
  organisation: string;
  is_computed: boolean;
  first_period: number;
  vals: string;
  numerators: string;
  denominators: string;
  silent: string;
  partial: string;
  restated: string;
  missing: Record<string, string[]>;
  reasons_after: number[];
}

/** The decided series below each of the given ones, now or by former links, in order of the organisations' codes. */
export async function decidedChildren(
  trx: Transaction<Database>,
  parents: readonly number[],
  former: readonly FormerLink[] = [],
): Promise<Map<number, DecidedChild[]>> {
  if (parents.length === 0) return new Map();
  const { rows } =
    await sql<Row>`select l.parent, s.organisation, st.first_period is null as is_computed, d.first_period, d.partial, d.restated, d.missing,
      array_to_string(d.vals, ',', '') as vals, array_to_string(d.numerators, ',', '') as numerators,
      array_to_string(d.denominators, ',', '') as denominators, array_to_string(d.silent, ',', '') as silent
      , array(select (st.first_period + (c.place - 1) * m.step)::int
        from unnest(st.no_value) with ordinality as c(reason, place)
        where c.reason is not null and c.reason <> ${NAMED_MISSING}
          and st.first_period + (c.place - 1) * m.step > d.first_period + (length(d.rag) - 1) * m.step) as reasons_after
    from (select series, parent from series_state where parent = any(${parents})
      ${former.length === 0 ? sql`` : sql`union ${formerlyBelow(parents, former)}`}) l
    join series_state st on st.series = l.series
    join series s on s.id = st.series
    join (select code, case frequency when 'quarterly' then 3 else 1 end as step from metric where until is null) m
      on m.code = s.metric
    join series_decision d on d.series = st.series
    order by l.parent, s.organisation collate "C"`.execute(trx);
  return Map.groupBy(rows.map(child), ({ parent }) => parent);
}

const formerlyBelow = (parents: readonly number[], former: readonly FormerLink[]) => sql`select below.id, above.id
  from series above
  join jsonb_to_recordset(${JSON.stringify(former)}::jsonb) as f(organisation text, parent text)
    on f.parent = above.organisation
  join series below on below.metric = above.metric and below.organisation = f.organisation
  where above.id = any(${parents})`;

function child(row: Row): DecidedChild {
  const count = row.partial.length;
  return {
    parent: row.parent,
    organisation: row.organisation,
    isComputed: row.is_computed,
    first: row.first_period,
    count,
    values: figures(row.vals, count),
    numerators: figures(row.numerators, count),
    denominators: figures(row.denominators, count),
    silentFor: figures(row.silent, count),
    partial: flags(row.partial, count),
    restated: flags(row.restated, count),
    missing: row.missing,
    reasonsAfter: new Set(row.reasons_after),
  };
}
