import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { CopyRows, copyRows } from "./copy.ts";
import { preparing } from "./statements.ts";
import type { Database } from "./tables.ts";

/** An open database: Kysely for queries, the pool for what needs a connection of its own. */
export interface OpenDatabase {
  readonly db: Kysely<Database>;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

const { builtins } = pg.types;
const BIGINT_ARRAY = 1016;

/** Whole numbers as numbers, days as "YYYY-MM-DD", moments as Temporal.Instant: nothing depends on this machine's zone. */
function parserOf(oid: number, format?: "text" | "binary"): (value: string) => unknown {
  if (oid === builtins.INT8) return Number;
  if (oid === builtins.DATE) return (text) => text;
  if (oid === builtins.TIMESTAMPTZ) return (text) => Temporal.Instant.from(text.replace(" ", "T"));
  if (oid === BIGINT_ARRAY) return (text) => text.slice(1, -1).split(",").flatMap(wholeNumber);
  return pg.types.getTypeParser(oid, format);
}

function wholeNumber(text: string): (number | null)[] {
  if (text === "") return [];
  return [text === "NULL" ? null : Number(text)];
}

/**
 * Opens a pool of at most `max` connections. A connection that breaks while idle is dropped by the pool and told to
 * `onIdleError`; the next query opens another.
 */
export function openDatabase(
  url: string,
  { max = 8, onIdleError = () => {} }: { max?: number; onIdleError?: (error: Error) => void } = {},
): OpenDatabase {
  const pool = new pg.Pool({ connectionString: url, max, keepAlive: true, types: { getTypeParser: parserOf } });
  pool.on("error", onIdleError);
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: withCopy(pool, plainly) }) });
  pools.set(db, pool);
  return {
    db,
    pool,
    async close() {
      await db.destroy();
      if (!pool.ended) await pool.end();
    },
  };
}

const pools = new WeakMap<Kysely<Database>, pg.Pool>();

/**
 * The same database over the same pool, for the same few statements again and again with few rows each: what reads is
 * prepared once a connection. Not for work on many rows, where the plan should follow the numbers at hand.
 */
export function withPreparedReading(db: Kysely<Database>): Kysely<Database> {
  const pool = pools.get(db);
  return pool === undefined ? db : new Kysely({ dialect: new PostgresDialect({ pool: withCopy(pool, preparing) }) });
}

/** The pool as Kysely takes it, with one addition: a query whose only parameter is CopyRows runs as COPY … FROM STDIN. */
function withCopy(pool: pg.Pool, reading: typeof plainly) {
  const wrapped = new WeakMap<pg.PoolClient, ReturnType<typeof wrap>>();
  return {
    options: {},
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      let facade = wrapped.get(client);
      if (facade === undefined) wrapped.set(client, (facade = wrap(client, reading(client))));
      return facade;
    },
  };
}

function plainly(client: pg.PoolClient): ReturnType<typeof preparing> {
  return async (text, parameters) => client.query(text, [...parameters]);
}

function wrap(client: pg.PoolClient, run: ReturnType<typeof preparing>) {
  // Kysely calls query in two shapes (text and parameters, or a cursor); no cursor is configured, so one is enough.
  const query = async (text: string, parameters: readonly unknown[] = []) => {
    const [first] = parameters;
    if (first instanceof CopyRows) return copyRows(client, text, first);
    return run(text, parameters);
  };
  return { query: query as never, release: (destroy?: boolean) => client.release(destroy) };
}
