import { isAnswer } from "@signalbox/domain";
import { sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";
import { flags, sentFigures, Slab } from "./arrays.ts";

/** A series that is due for evaluation: all that was submitted for it, place by place from `first`, NaN for none. */
export interface DueSeries {
  readonly series: number;
  readonly metric: string;
  readonly organisation: string;
  readonly parent: number | null;
  /** Null for a series that is only ever computed from those below it. */
  readonly first: number | null;
  readonly count: number;
  readonly values: Float64Array;
  readonly numerators: Float64Array;
  readonly denominators: Float64Array;
  readonly plans: Float64Array;
  /** 1 where a row says why there is no value, and that answers for it. */
  readonly reasonGiven: Uint8Array;
  /** By place: why there is no value, and what is said of a value that counts. */
  readonly noValues: ReadonlyMap<number, string>;
  readonly marks: ReadonlyMap<number, string>;
  readonly submissions: Float64Array;
  readonly restated: Uint8Array;
  readonly dueBy: readonly number[];
  readonly decided: {
    readonly first: number;
    readonly count: number;
    readonly digest: string;
    readonly step: 1 | 3;
  } | null;
}

interface Row {
  series: number;
  metric: string;
  organisation: string;
  parent: number | null;
  first_period: number | null;
  count: number;
  vals: Buffer;
  numerators: Buffer;
  denominators: Buffer;
  plans: Buffer;
  no_value: string;
  marks: string;
  submissions: Buffer;
  restated: string;
  due_by: number[];
  decided_first: number | null;
  decided_count: number | null;
  digest: string | null;
  frequency: string | null;
}

const SEPARATOR = "\u0001";
/** Texts by place joined, for those few series that have any. */
const joinedTexts = (column: string) => sql`case when array_remove(st.${sql.ref(column)}, null) <> '{}'
  then array_to_string(st.${sql.ref(column)}, ${SEPARATOR}, '') else '' end`;

/** Where an organisation stood in the tree in some months, but does not stand now. */
export interface FormerLink {
  readonly organisation: string;
  readonly parent: string;
}

/** The series that those due are, of some months, computed into by where their organisations stood. */
const formerlyAbove = (former: readonly FormerLink[]) => sql`select above.id
  from series_state x
  join series below on below.id = x.series
  join jsonb_to_recordset(${JSON.stringify(former)}::jsonb) as f(organisation text, parent text)
    on f.organisation = below.organisation
  join series above on above.metric = below.metric and above.organisation = f.parent
  where x.due and x.failed_at is null`;

/**
 * Takes up to `limit` due series and holds their rows until the transaction ends; series that another worker holds are
 * passed over. A series waits for those below it, now or by `former` links: its value may be computed from
 * theirs.
 */
export async function takeDueSeries(
  trx: Transaction<Database>,
  limit: number,
  former: readonly FormerLink[] = [],
): Promise<DueSeries[]> {
  const taken = await sql<{ series: number }>`select st.series from series_state st
    where st.due and st.failed_at is null
      -- A list that is made once. As a join the planner looks through all that is due for each series that is: at 24,000
      -- of them that took three quarters of a second a batch.
      and st.series not in (
        select parent from series_state where due and failed_at is null and parent is not null
        ${former.length === 0 ? sql`` : sql`union all ${formerlyAbove(former)}`})
    order by st.series limit ${limit} for update of st skip locked`.execute(trx);
  if (taken.rows.length === 0) return [];
  // Read by a statement of its own: it sees what was committed until the rows were held, not until they were looked for.
  return readSeries(
    trx,
    taken.rows.map(({ series }) => series),
  );
}

/** All that was submitted for the given series, due or not, in order of id. */
export async function readSeries(trx: Transaction<Database>, series: readonly number[]): Promise<DueSeries[]> {
  if (series.length === 0) return [];
  const { rows } = await sql<Row>`select st.series, s.metric, s.organisation, st.parent, st.first_period,
      cardinality(st.vals) as count,
      array_send(st.vals) as vals,
      array_send(st.numerators) as numerators,
      array_send(st.denominators) as denominators,
      array_send(st.plans) as plans,
      ${joinedTexts("no_value")} as no_value, ${joinedTexts("marks")} as marks,
      array_send(st.submissions) as submissions,
      case when true = any(st.restated) then array_to_string(st.restated, '') else '' end as restated,
      st.due_by, d.first_period as decided_first, length(d.rag) as decided_count, d.digest, m.frequency
    from series_state st
    join series s on s.id = st.series
    left join metric m on m.code = s.metric and m.until is null
    left join series_decision d on d.series = st.series
    where st.series = any(${series})
    order by st.series`.execute(trx);
  const slab = new Slab(rows.reduce((sum, { count }) => sum + ARRAYS * count, 0));
  return rows.map((row) => dueSeries(row, slab));
}

/** Arrays of numbers a series comes with. */
const ARRAYS = 5;

function dueSeries(row: Row, slab: Slab): DueSeries {
  const { count } = row;
  const reasonGiven = new Uint8Array(count);
  const noValues = textsByPlace(row.no_value);
  for (const [place, reason] of noValues) if (isAnswer(reason)) reasonGiven[place] = 1;
  return {
    series: row.series,
    metric: row.metric,
    organisation: row.organisation,
    parent: row.parent,
    first: row.first_period,
    count,
    values: sentFigures(row.vals, count, slab),
    numerators: sentFigures(row.numerators, count, slab),
    denominators: sentFigures(row.denominators, count, slab),
    plans: sentFigures(row.plans, count, slab),
    reasonGiven,
    noValues,
    marks: textsByPlace(row.marks),
    submissions: sentFigures(row.submissions, count, slab),
    restated: flags(row.restated, count, "t"),
    dueBy: row.due_by,
    decided:
      row.digest === null || row.decided_first === null || row.decided_count === null
        ? null
        : {
            first: row.decided_first,
            count: row.decided_count,
            digest: row.digest,
            step: row.frequency === "quarterly" ? 3 : 1,
          },
  };
}

const nowhere: ReadonlyMap<number, string> = new Map();

function textsByPlace(joined: string): ReadonlyMap<number, string> {
  if (joined === "") return nowhere;
  return new Map([...joined.split(SEPARATOR).entries()].filter(([, text]) => text !== ""));
}

/** Marks series as decided: what made them due is done. The rows are held since `takeDueSeries`. */
export async function clearDueSeries(trx: Transaction<Database>, series: readonly number[]): Promise<void> {
  await sql`update series_state set due = false, due_since = null, due_by = '{}', failure = null
    where series = any(${series})`.execute(trx);
}

/** Sets a series aside that cannot be decided, with the reason, until someone retries it. */
export async function failSeries(
  trx: Transaction<Database>,
  series: number,
  { failure, at }: { failure: string; at: Temporal.Instant },
): Promise<void> {
  await sql`update series_state set failure = ${failure}, failed_at = ${at.toString()} where series = ${series}`.execute(
    trx,
  );
}

/** A submission whose decisions are not released yet. */
export interface ReadSubmission {
  readonly readAt: Temporal.Instant;
  /** Whether its executive is to sign it off and has not. */
  readonly isUnsigned: boolean;
}

/**
 * When the given submissions were read, by id, and whether they wait to be signed off; those not read yet, or released, are
 * left out. The rows are held, so that a release and a signature wait for what is decided of them.
 */
export async function readTimes(
  trx: Transaction<Database>,
  submissions: readonly number[],
): Promise<Map<number, ReadSubmission>> {
  if (submissions.length === 0) return new Map();
  const rows = await trx
    .selectFrom("submission")
    .select(["id", "read_at", "sign_off_asked_at", "signed_off_at", "withdrawn_at"])
    .where("id", "in", submissions)
    .where("released_at", "is", null)
    .forShare()
    .execute();
  return new Map(
    rows.flatMap(({ id, read_at, ...row }) => {
      if (read_at === null) return [];
      const isUnsigned = row.sign_off_asked_at !== null && row.signed_off_at === null && row.withdrawn_at === null;
      return [[id, { readAt: read_at, isUnsigned }]];
    }),
  );
}
