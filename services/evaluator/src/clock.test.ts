import { sql } from "kysely";
import { testDatabase } from "@signalbox/db/testing";
import { seedCatalogue, seedSubmission } from "@signalbox/db/testing-world";
import { afterEach, beforeEach, expect, test } from "vitest";
import { passDays } from "./clock.ts";

const JANUARY = 12 * 2024;
let database: Awaited<ReturnType<typeof testDatabase>>;

beforeEach(async () => {
  database = await testDatabase();
  const { db } = database;
  const { version } = await seedCatalogue(db);
  const reminders = { workingDaysBefore: 2, workingDaysPerLevel: 5 };
  await db
    .updateTable("protocol")
    .set({ body: JSON.stringify({ reminders }) })
    .execute();
  const person = { since: version, until: null, forum: null, organisation: "RA" };
  await db
    .insertInto("person")
    .values(
      ["submitter", "owner", "executive"].map((role) => ({
        ...person,
        email: `${role}@example.org`,
        name: role,
        role,
      })),
    )
    .execute();
  const submission = await seedSubmission(db, "RA", "december");
  const { id: series } = await db
    .insertInto("series")
    .values({ metric: "ae-4h", organisation: "RA" })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("series_state")
    .values({
      series,
      parent: null,
      failure: null,
      first_period: JANUARY - 1,
      vals: [94],
      numerators: [null],
      denominators: [null],
      plans: [null],
      no_value: [null],
      marks: [null],
      submissions: [submission],
      restated: [false],
    })
    .execute();
  // December's day has passed; January's is the 14th of February.
  await actOn("2024-02-01T09:00:00Z");
}, 30_000);
afterEach(() => database.close());

/** Acts on the time, and says which chasers that made: why, to whom, and when they leave. */
async function actOn(now: string): Promise<string[]> {
  const { db } = database;
  const before = await db.selectFrom("telling").select("id").execute();
  await db.transaction().execute((trx) => passDays(trx, Temporal.Instant.from(now)));
  const { rows } = await sql<{ said: string }>`
    select reason || ' ' || array_to_string(recipients, ',') || to_char(tell_at at time zone 'Europe/London', ' DD Mon HH24:MI') as said
    from telling where kind = 'submission-missing' and id <> all(${before.map(({ id }) => id)}::bigint[]) order by id`.execute(
    db,
  );
  return rows.map(({ said }) => said);
}

test("chases a return before its day, after it and up the tree, however often somebody looks", async () => {
  expect(await actOn("2024-02-12T07:59:59Z")).toEqual([]);
  expect(await actOn("2024-02-12T08:00:07Z")).toEqual(["due-soon submitter@example.org 12 Feb 08:00"]);
  for (const time of ["08:00:22", "12:00:00", "23:00:00"]) expect(await actOn(`2024-02-12T${time}Z`)).toEqual([]);
  expect(await actOn("2024-02-15T08:00:00Z")).toEqual(["missing submitter@example.org 15 Feb 08:00"]);
  expect(await actOn("2024-02-22T08:00:00Z")).toEqual(["raised-to-owner owner@example.org 22 Feb 08:00"]);
  expect(await actOn("2024-02-29T08:00:00Z")).toEqual(["raised-to-executive executive@example.org 29 Feb 08:00"]);
  // Nobody is above; and February's return comes near in its turn.
  expect(await actOn("2024-03-11T08:00:00Z")).toEqual([]);
  expect(await actOn("2024-03-12T08:00:00Z")).toEqual(["due-soon submitter@example.org 12 Mar 08:00"]);
});

test("a clock that stood for a week leaves one message and not seven", async () => {
  expect(await actOn("2024-02-20T11:30:00Z")).toEqual(["missing submitter@example.org 20 Feb 11:30"]);
  expect(await actOn("2024-02-20T11:30:15Z")).toEqual([]);
  // The level above is counted from when the submitter heard.
  expect(await actOn("2024-02-27T07:59:00Z")).toEqual([]);
  expect(await actOn("2024-02-27T08:00:00Z")).toEqual(["raised-to-owner owner@example.org 27 Feb 08:00"]);
});

test("a clock that stood for months chases the last month alone, before work on a working day", async () => {
  // A Saturday; March's day was Monday the 15th of April.
  expect(await actOn("2024-04-20T22:00:00Z")).toEqual(["missing submitter@example.org 22 Apr 08:00"]);
  expect(await actOn("2024-04-20T22:00:15Z")).toEqual([]);
});

test("an organisation that closed before its day is never chased", async () => {
  await database.db.updateTable("organisation").set({ closed: "2024-02-05" }).where("code", "=", "RA").execute();
  expect(await actOn("2024-02-12T08:00:00Z")).toEqual([]);
  expect(await actOn("2024-02-15T08:00:00Z")).toEqual([]);
});
