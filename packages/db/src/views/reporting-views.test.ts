import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { formatPeriod, type Period } from "@signalbox/domain";
import { sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { migrate } from "../migrate.ts";
import { seedEscalation, seedSeries } from "../testing-cases.ts";
import { seedCatalogue, seedSubmission } from "../testing-world.ts";
import { testDatabase } from "../testing.ts";
import { describeViews } from "./describe-views.ts";
import { documentViews } from "./document-views.ts";
import { letReadersIn } from "./reader-role.ts";
import { createReader, listReaders, ReaderRefused, revokeReader } from "./readers.ts";

const NOW = Temporal.Instant.from("2024-05-01T09:00:00Z");
// Roles are of the whole server, which other tests use at the same time.
const NAME = `test_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
let at: Awaited<ReturnType<typeof testDatabase>>;
let reader: pg.Client;
let series: number;

beforeAll(async () => {
  at = await testDatabase();
  const world = await seedCatalogue(at.db);
  const submission = await seedSubmission(at.db, "RA", "period,organisation\r\n");
  series = await seedSeries(at.db, { metric: "ae-4h", organisation: "RA", submission });
  await seedEscalation(at.db, world, { series, organisation: "RA", submission });
  const { role, password } = await createReader(at.db, { name: NAME, now: NOW });
  reader = new pg.Client({ connectionString: Object.assign(new URL(at.url), { username: role, password }).href });
  await reader.connect();
});
afterAll(async () => {
  await reader.end();
  await revokeReader(at.db, NAME, NOW);
  await at.close();
});

const DOCUMENT = fileURLToPath(new URL("../../../../docs/sql-views.md", import.meta.url));

// Written anew by `npx vitest run --update packages/db/src/views` after a change of the views; what stands above stays.
test("docs/sql-views.md names every view and column with its type and meaning", async () => {
  const head = readFileSync(DOCUMENT, "utf8").split(/^## (?!How|Dates)/m, 1)[0] ?? "";
  await expect(head + documentViews(await describeViews(at.db))).toMatchFileSnapshot(DOCUMENT);
});

test("a series comes out period by period, as it was decided", async () => {
  const { rows } = await reader.query(`select period_start::text, period, value, plan, rag, tier, provisional, watch,
    deteriorating_for, silent_for, restated, partial, reasons from figures where series = ${series} order by 1`);
  const rest = { partial: false };
  expect(rows).toEqual([
    {
      period_start: "2024-01-01",
      period: "2024-01",
      value: 96.25,
      plan: 76,
      rag: "green",
      tier: "none",
      provisional: false,
      watch: false,
      deteriorating_for: 0,
      silent_for: 0,
      restated: true,
      reasons: null,
      ...rest,
    },
    {
      period_start: "2024-02-01",
      period: "2024-02",
      value: null,
      plan: 76,
      rag: "grey",
      tier: "none",
      provisional: false,
      watch: false,
      deteriorating_for: 0,
      silent_for: 1,
      restated: false,
      reasons: null,
      ...rest,
    },
    {
      period_start: "2024-03-01",
      period: "2024-03",
      value: 71.5,
      plan: null,
      rag: "red",
      tier: "slt",
      provisional: true,
      watch: true,
      deteriorating_for: 2,
      silent_for: 0,
      restated: false,
      reasons: "threshold slt, deterioration slt",
      ...rest,
    },
  ]);
});

test("periods are written as the program writes them, months and quarters alike", async () => {
  const periods = [23_991, 23_999, 24_276, 24_279, 24_287, 24_288, 24_291].map((p) => p as Period);
  await at.db.updateTable("metric").set({ frequency: "quarterly" }).where("code", "=", "ae-4h").execute();
  const quarters = periods.filter((p) => p % 3 === 0);
  await at.db
    .insertInto("plan")
    .values(
      quarters.map((period) => ({ since: 1, until: null, metric: "ae-4h", organisation: "RA", period, value: period })),
    )
    .execute();
  const months = "no such metric";
  await at.db
    .insertInto("plan")
    .values(
      periods.map((period) => ({ since: 1, until: null, metric: months, organisation: "RA", period, value: period })),
    )
    .execute();
  const shown = async (metric: string) =>
    (
      await reader.query<{ value: number; period: string }>(
        "select value, period from plans where metric = $1 order by value",
        [metric],
      )
    ).rows.map(({ value, period }) => [value, period]);
  expect(await shown("ae-4h")).toEqual(quarters.map((p) => [p, formatPeriod(p, "quarterly")]));
  expect(await shown(months)).toEqual(periods.map((p) => [p, formatPeriod(p, "monthly")]));
  await at.db.updateTable("metric").set({ frequency: "monthly" }).where("code", "=", "ae-4h").execute();
});

describe("a reader", () => {
  test("may read every view", async () => {
    const views = await describeViews(at.db);
    expect(views.length).toBeGreaterThan(10);
    for (const { view } of views) await expect(reader.query(`select * from ${view}`)).resolves.toBeDefined();
    expect((await reader.query("select count(*)::int as n from cases")).rows).toEqual([{ n: 1 }]);
  });

  test("may read no table, those with secrets and addresses included", async () => {
    const { rows } = await sql<{ name: string }>`select schemaname || '.' || tablename as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`.execute(at.db);
    expect(rows.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["public.mail", "public.session", "public.api_key", "public.person"]),
    );
    for (const { name } of rows)
      await expect(reader.query(`select from ${name}`), name).rejects.toMatchObject({ code: "42501" });
    await expect(reader.query("select rolpassword from pg_authid")).rejects.toMatchObject({ code: "42501" });
    await expect(reader.query("select pg_read_file('PG_VERSION')")).rejects.toMatchObject({ code: "42501" });
  });

  test("may write nothing, even when it says that it will", async () => {
    const inItsOwnWords = async (statement: string) => {
      await reader.query("begin read write");
      try {
        await reader.query(statement);
        return "done";
      } catch (error) {
        return (error as { code: string }).code;
      } finally {
        await reader.query("rollback");
      }
    };
    expect(await inItsOwnWords("update signalbox_read.forums set name = 'x'")).toBe("42501");
    expect(await inItsOwnWords("delete from signalbox_read.submissions")).toBe("42501");
    expect(await inItsOwnWords("delete from public.audit")).toBe("42501");
    expect(await inItsOwnWords("create table public.x (a int)")).toBe("42501");
    expect(await inItsOwnWords("create view signalbox_read.x as select 1")).toBe("42501");
    await expect(reader.query("create temp table x (a int)")).rejects.toMatchObject({ code: "25006" });
  });

  test("finds nobody's address in any view", async () => {
    for (const { view } of await describeViews(at.db)) {
      const { rows } = await reader.query(`select * from ${view}`);
      expect(JSON.stringify(rows), view).not.toContain("@example.org");
    }
  });

  test("is stopped when a question takes too long", async () => {
    expect((await reader.query("show statement_timeout")).rows).toEqual([{ statement_timeout: "5min" }]);
    expect((await reader.query("show default_transaction_read_only")).rows).toEqual([
      { default_transaction_read_only: "on" },
    ]);
  });

  test("is listed, is refused twice, and is out once revoked", async () => {
    const name = `${NAME}_b`;
    const { role, password } = await createReader(at.db, { name, now: NOW });
    expect(await listReaders(at.db)).toContainEqual({ name, role });
    await expect(createReader(at.db, { name, now: NOW })).rejects.toThrow(ReaderRefused);
    const url = Object.assign(new URL(at.url), { username: role, password }).href;
    const client = new pg.Client({ connectionString: url });
    const ended = new Promise((end) => client.on("error", end));
    await client.connect();
    expect(await revokeReader(at.db, name, NOW)).toBe(true);
    expect(await ended).toBeInstanceOf(Error);
    await expect(new pg.Client({ connectionString: url }).connect()).rejects.toMatchObject({
      code: expect.stringMatching(/^28/) as string,
    });
    expect(await revokeReader(at.db, name, NOW)).toBe(false);
    expect(await listReaders(at.db)).not.toContainEqual({ name, role });
  });

  test.each(["", "Power BI", "x;drop role", 'a"b', "1a", "x".repeat(41), "é"])(
    "has a plain name, not %j",
    async (name) => {
      await expect(createReader(at.db, { name, now: NOW })).rejects.toThrow("small letters");
    },
  );
});

test("a server that lets us make no roles is no fault: the database is up to date, and a reader is refused with why", async () => {
  await using stack = new AsyncDisposableStack();
  const other = await testDatabase();
  stack.defer(other.close);
  const owner = `${NAME}_owner`;
  await sql.raw(`create role ${owner} login password 'owner'`).execute(other.db);
  stack.defer(async () => {
    await sql.raw(`drop owned by ${owner}; drop role ${owner}`).execute(other.db);
  });
  // Views of its own alone: it neither owns the read schema nor may make roles.
  await sql.raw(`grant all on all tables in schema public to ${owner}`).execute(other.db);
  await other.db.connection().execute(async (connection) => {
    await sql.raw(`set role ${owner}`).execute(connection);
    expect(await letReadersIn(connection)).toBe(false);
    expect(await migrate(connection)).toEqual([]);
    await expect(createReader(connection, { name: `${NAME}_c`, now: NOW })).rejects.toThrow("does not let Signalbox");
    await sql.raw("reset role").execute(connection);
  });
});

test("several migrations at once let readers in", async () => {
  const all = await Promise.all(Array.from({ length: 4 }, () => letReadersIn(at.db)));
  expect(all).toEqual([true, true, true, true]);
});
