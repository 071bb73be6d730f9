import { sql } from "kysely";
import { expect, test } from "vitest";
import { isMigrated, migrate, migrateDown } from "./migrate.ts";
import { testDatabase } from "./testing.ts";

test("the migrations go up, down and up again", async () => {
  await using stack = new AsyncDisposableStack();
  const { db, close } = await testDatabase();
  stack.defer(close);
  const describe = async () =>
    (
      await sql<{
        what: string;
      }>`select conrelid::regclass || ' ' || pg_get_constraintdef(oid) as what from pg_constraint
        where connamespace = 'public'::regnamespace union all select indexdef from pg_indexes where schemaname = 'public'
        union all select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal order by 1`.execute(db)
    ).rows;
  const before = await describe();
  await migrateDown(db);
  expect(await isMigrated(db)).toBe(false);
  const { rows } =
    await sql`select from pg_tables where schemaname = 'public' and tablename not like 'migration%'`.execute(db);
  expect(rows).toEqual([]);
  await migrate(db);
  expect(await describe()).toEqual(before);
});
