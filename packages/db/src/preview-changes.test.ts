import { afterAll, expect, test } from "vitest";
import { previewChanges } from "./preview-changes.ts";
import { MARCH_2024, seedCatalogue, seedSubmission } from "./testing-world.ts";
import { testDatabase } from "./testing.ts";

const { db, close } = await testDatabase();
afterAll(close);
const { version } = await seedCatalogue(db);
// Received on 20 April 2024, which counts as its issue date.
const submission = await seedSubmission(db, "RA", "march");
const { id: series } = await db
  .insertInto("series")
  .values({ metric: "ae-4h", organisation: "RA" })
  .returning("id")
  .executeTakeFirstOrThrow();
const none = [null, null];
await db
  .insertInto("series_state")
  .values({
    series,
    first_period: MARCH_2024 - 1,
    vals: [74.6, 71.5],
    numerators: none,
    denominators: none,
    plans: none,
    no_value: none,
    marks: [null, "estimated"],
    submissions: [submission, submission],
    restated: [false, false],
  })
  .execute();
await db
  .insertInto("plan")
  .values({ since: version, metric: "ae-4h", organisation: "RA", period: MARCH_2024 + 1, value: 76 })
  .execute();

const row = (period: number, value: number | null, given = {}) => ({
  row: 2,
  period,
  organisation: "RA",
  metric: "ae-4h",
  value,
  noValue: value === null ? "suppressed" : null,
  mark: null,
  numerator: null,
  denominator: null,
  plan: null,
  comment: null,
  ...given,
});
const fates = async (issued: string, ...rows: ReturnType<typeof row>[]) =>
  (await previewChanges(db, rows, { issued, limit: 10 })).rows.map(({ fate, before, after, plan }) => [
    fate,
    before?.value ?? null,
    after.value ?? after.noValue,
    plan,
  ]);

test("says what would change, what is new and its plan, and counts what says the same", async () => {
  const rows = [row(MARCH_2024 + 1, 80), row(MARCH_2024 - 1, 74.6), row(MARCH_2024, null)];
  expect(await fates("2024-05-01", ...rows)).toEqual([
    ["changed", 71.5, "suppressed", null],
    ["new", null, 80, 76],
  ]);
  const { counts } = await previewChanges(db, rows, { issued: "2024-05-01", limit: 1 });
  expect(counts).toEqual({ changed: 1, new: 1, unchanged: 1, older: 0 });
});

test("takes a mark for a change, as the reading does", async () => {
  expect(await fates("2024-05-01", row(MARCH_2024, 71.5))).toEqual([["changed", 71.5, 71.5, null]]);
  expect(await fates("2024-05-01", row(MARCH_2024, 71.5, { mark: "estimated" }))).toEqual([]);
});

test("says that a file issued before what holds would not count", async () => {
  expect(await fates("2024-04-19", row(MARCH_2024, 90))).toEqual([["older", 71.5, 90, null]]);
  expect(await fates("2024-04-20", row(MARCH_2024, 90))).toEqual([["changed", 71.5, 90, null]]);
});

test("leaves nothing behind: no observation, no series, no table", async () => {
  await fates("2024-05-01", row(MARCH_2024, 90, { organisation: "RB" }));
  expect(await db.selectFrom("observation").selectAll().execute()).toEqual([]);
  expect(await db.selectFrom("series").select("organisation").execute()).toEqual([{ organisation: "RA" }]);
  expect(await fates("2024-05-01", row(MARCH_2024, 90))).toHaveLength(1);
});
