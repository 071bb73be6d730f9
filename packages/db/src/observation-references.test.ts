import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "./testing.ts";

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase();
  await sql`insert into series (metric, organisation) values ('m', 'O')`.execute(database.db);
  await sql`insert into submission (organisation, channel, submitted_by, received_at, media_type, sha256, size)
    values ('O', 'cli', 'operator', now(), 'text/csv', '', 0)`.execute(database.db);
});
afterAll(() => database.close());

const observe = (series: number, submission: number, period: number) =>
  sql`insert into observation (series, period, submission, row_number, issued) values
    (1, ${period}, 1, 1, '2024-01-01'), (${series}, ${period + 1}, ${submission}, 2, '2024-01-01')`.execute(
    database.db,
  );

test.each([
  ["series", 2, 1],
  ["submission", 1, 2],
])(
  "refuses an observation of a %s that is not there, and the whole statement with it",
  async (_what, series, submission) => {
    await expect(observe(series, submission, 10)).rejects.toMatchObject({ code: "23503" });
    expect((await sql`select from observation`.execute(database.db)).rows).toEqual([]);
  },
);

test("keeps what observations name", async () => {
  await observe(1, 1, 20);
  await expect(sql`delete from series`.execute(database.db)).rejects.toMatchObject({ code: "23503" });
  await expect(sql`delete from submission`.execute(database.db)).rejects.toMatchObject({ code: "23503" });
  await expect(sql`update observation set series = 7`.execute(database.db)).rejects.toMatchObject({ code: "23503" });
});
