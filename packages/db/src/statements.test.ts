import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withPreparedReading } from "./connect.ts";
import { testDatabase } from "./testing.ts";

let opened: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  opened = await testDatabase();
});
afterAll(() => opened.close());

test("a statement that reads is prepared once a connection, and again where a migration changed what it gives", async () => {
  const { db } = opened;
  await sql`create table kept (one int)`.execute(db);
  await sql`insert into kept values (1)`.execute(db);
  await withPreparedReading(db)
    .connection()
    .execute(async (reading) => {
      const read = async () => (await sql`select * from kept where one = ${1}`.execute(reading)).rows;
      const prepared = async () => (await sql`select from pg_prepared_statements`.execute(reading)).rows.length;
      await read();
      const before = await prepared();
      expect(await read()).toEqual([{ one: 1 }]);
      expect([before, await prepared()]).toEqual([2, 2]);
      const many = Array.from({ length: 201 }, (_, at) => at);
      const { rows } = await sql`select one from kept where one = any(${many}::int[])`.execute(reading);
      expect([rows, await prepared()]).toEqual([[{ one: 1 }], 2]);
      await sql`alter table kept add column two int`.execute(db);
      expect(await read()).toEqual([{ one: 1, two: null }]);
      expect(await read()).toEqual([{ one: 1, two: null }]);
    });
});
