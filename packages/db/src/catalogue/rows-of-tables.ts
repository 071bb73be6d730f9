import { type Kysely, type RawBuilder, sql } from "kysely";
import { type Protocol, protocolSchema } from "@signalbox/domain";
import type { Database } from "../tables.ts";
import type { CatalogueRows } from "./catalogue-rows.ts";

/** The rows of a catalogue without its protocol. */
export type TableRows = Omit<CatalogueRows, "protocol">;
type Part = keyof TableRows;

interface Selected {
  readonly file: string;
  readonly table: string;
  readonly columns: string;
  readonly order: string;
}

const series = "metric, organisation";

/** How the rows of each file are read: in what order, and each column by the name it has in a CatalogueRows. */
const selected: { readonly [P in Part]: Selected } = {
  organisations: {
    file: "organisations.csv",
    table: "organisation",
    columns: `code, name, kind, parent, opened, closed, sign_off as "signOff"`,
    order: "code",
  },
  forums: { file: "forums.csv", table: "forum", columns: "code, name, tier, parent", order: "tier desc, code" },
  people: {
    file: "people.csv",
    table: "person",
    columns: "email, name, role, forum, organisation",
    order: "email, role, forum, organisation",
  },
  metrics: {
    file: "metrics.csv",
    table: "metric",
    columns: `code, name, description, area, domain, unit, scale, better, frequency, aggregation, decimals,
      definition_changes as "definitionChanges", accumulates, minimum_change as "minimumChange",
      due_working_day as "dueWorkingDay", urgent, plausible_from as "plausibleFrom", plausible_to as "plausibleTo",
      plausible_jump as "plausibleJump", zero_after as "zeroAfter", implausible`,
    order: "code",
  },
  seriesDetails: {
    file: "series.csv",
    table: "series_detail",
    columns: `${series}, owner, author, contract, commissioner`,
    order: series,
  },
  thresholds: {
    file: "thresholds.csv",
    table: "threshold",
    columns: `${series}, level, basis, board, slt, from_period as "from", to_period as "to", status,
      approved_on as "approvedOn", minute`,
    order: `${series}, level, status, from_period`,
  },
  plans: { file: "plans.csv", table: "plan", columns: `${series}, period, value`, order: `${series}, period` },
  targets: {
    file: "targets.csv",
    table: "target",
    columns: `${series}, value, from_period as "from", to_period as "to", source`,
    order: `${series}, from_period`,
  },
  comparators: {
    file: "comparators.csv",
    table: "comparator",
    columns: "metric, name, period, value",
    order: "metric, period",
  },
  sources: {
    file: "sources.csv",
    table: "source",
    columns: `name, organisation, template, url, working_day as "workingDay"`,
    order: "name",
  },
  successors: {
    file: "successors.csv",
    table: "successor",
    columns: `organisation, successor, from_period as "from"`,
    order: "organisation, successor",
  },
  formerParents: {
    file: "parents.csv",
    table: "organisation_parent",
    columns: `organisation, parent, from_period as "from", to_period as "to"`,
    order: "organisation, to_period",
  },
};
const parts = Object.keys(selected) as readonly Part[];

const NONE: TableRows = {
  organisations: [],
  forums: [],
  people: [],
  metrics: [],
  seriesDetails: [],
  thresholds: [],
  plans: [],
  targets: [],
  comparators: [],
  sources: [],
  successors: [],
  formerParents: [],
};

/** Which rows: those that hold now, those that a version brought, or those that it ended. */
export type WhichRows = "in-force" | { readonly begunBy: number } | { readonly endedBy: number };

function holding(which: WhichRows): RawBuilder<boolean> {
  if (which === "in-force") return sql`t.until is null`;
  return "begunBy" in which ? sql`t.since = ${which.begunBy}` : sql`t.until = ${which.endedBy}`;
}

/** All rows of a catalogue, with its protocol where it is among them. */
export async function catalogueRows(
  db: Kysely<Database>,
  which: WhichRows,
): Promise<TableRows & { readonly protocol: Protocol | null }> {
  const where = holding(which);
  const tables = await Promise.all(
    parts.map(async (part) => {
      const { table, columns, order } = selected[part];
      const { rows } = await sql`select ${sql.raw(columns)} from ${sql.table(table)} t
        where ${where} order by ${sql.raw(order)}`.execute(db);
      return [part, rows] as const;
    }),
  );
  const protocols = await sql<{ body: unknown }>`select body from protocol t where ${where}`.execute(db);
  const [protocol] = protocols.rows;
  return {
    ...NONE,
    ...Object.fromEntries(tables),
    protocol: protocol === undefined ? null : protocolSchema.parse(protocol.body),
  };
}

/** One page of a file's rows in force, with how many there are; of the other files there is none. */
export interface TablePage {
  readonly rows: TableRows;
  readonly total: number;
  /** How far below the system each organisation stands, in the order of the rows; of other files nothing. */
  readonly depths: readonly number[];
}

const TREE = sql`(with recursive tree as (
    select o.*, 0 as depth, array[code] as path from organisation o where until is null and parent is null
    union all select o.*, tree.depth + 1, tree.path || o.code from organisation o join tree on o.parent = tree.code
    where o.until is null)
  select * from tree)`;

/** Some of a file's rows in force that hold a text anywhere; organisations as their tree. Null for a file there is none of. */
export async function cataloguePage(
  db: Kysely<Database>,
  file: string,
  { search, offset, limit }: { search: string; offset: number; limit: number | null },
): Promise<TablePage | null> {
  const part = parts.find((one) => selected[one].file === file);
  if (part === undefined) return null;
  const { table, columns, order } = selected[part];
  const isTree = part === "organisations";
  const from = isTree ? TREE : sql.table(table);
  const like = `%${search.replace(/[\\%_]/g, String.raw`\$&`)}%`;
  const holds =
    search === "" ? sql`true` : sql`(to_jsonb(t) - '{id,since,until,path,depth}'::text[])::text ilike ${like}`;
  const { rows } = await sql<{ total: number; depth?: number }>`select ${sql.raw(columns)}, count(*) over () as total
      ${sql.raw(isTree ? ", depth" : "")}
    from ${from} t where until is null and ${holds}
    order by ${sql.raw(isTree ? "path" : order)} limit ${limit} offset ${offset}`.execute(db);
  return {
    rows: { ...NONE, [part]: rows.map(({ total: _total, depth: _depth, ...row }) => row) },
    total: rows[0]?.total ?? 0,
    depths: rows.map(({ depth }) => depth ?? 0),
  };
}

/** How many rows each file has, by file. */
export async function catalogueSizes(db: Kysely<Database>): Promise<ReadonlyMap<string, number>> {
  const counts = parts.map(
    (part) =>
      sql`select ${selected[part].file} as file, count(*) as rows from ${sql.table(selected[part].table)} where until is null`,
  );
  const { rows } = await sql<{ file: string; rows: number }>`${sql.join(counts, sql` union all `)}`.execute(db);
  return new Map(rows.map(({ file, rows: count }) => [file, count]));
}
