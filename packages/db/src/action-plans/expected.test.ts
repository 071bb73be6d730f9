import { afterAll, beforeAll, expect, test } from "vitest";
import { seedEscalation, seedSeries } from "../testing-cases.ts";
import { testDatabase } from "../testing.ts";
import { MARCH_2024, seedCatalogue, seedSubmission } from "../testing-world.ts";
import { readSeriesPoints } from "../series-points.ts";
import { promisedBy } from "./expected.ts";

const { db, close } = await testDatabase();
afterAll(close);

let series = 0;
let escalation = 0;
beforeAll(async () => {
  const world = await seedCatalogue(db);
  const submission = await seedSubmission(db, "RA", "a");
  series = await seedSeries(db, { metric: "ae-4h", organisation: "RA", submission });
  ({ escalation } = await seedEscalation(db, world, { series, organisation: "RA", submission }));
});

type Decision = "accepted" | "sent-back" | null;

/** A plan of the case, each of its revisions with its decision, its day in May and its path from a month on. */
async function plan(...revisions: readonly (readonly [Decision, day: number, from: number, ...values: number[]])[]) {
  const made = { made_by: "olu@example.org", made_at: "2024-04-22T09:00:00Z" };
  const { id } = await db
    .insertInto("action_plan")
    .values({ organisation: "RA", state: "accepted", revision: revisions.length, draft: null, ...made })
    .returning("id")
    .executeTakeFirstOrThrow();
  const added = { added_by: "olu@example.org", added_at: "2024-04-22T09:00:00Z" };
  await db
    .insertInto("action_plan_case")
    .values({ plan: id, escalation, ...added })
    .execute();
  for (const [at, [decision, day, from, ...values]] of revisions.entries()) {
    const decided =
      decision === null
        ? { decision, decided_by: null, decided_at: null }
        : {
            decision,
            decided_by: "sasha@example.org",
            decided_at: `2024-05-${String(day).padStart(2, "0")}T09:00:00Z`,
          };
    const key = { plan: id, revision: at + 1 };
    const sent = { body: "{}", sent_by: "olu@example.org", sent_at: "2024-04-30T09:00:00Z", note: "so" };
    await db
      .insertInto("action_plan_revision")
      .values({ ...key, ...sent, ...decided })
      .execute();
    const path = values.map((value, month) => ({ ...key, series, period: from + month, value }));
    await db.insertInto("action_plan_path").values(path).execute();
  }
  return id;
}

const held = async () =>
  [...((await readSeriesPoints(db, "ae-4h", "RA"))?.expected ?? [])].map(([at, value]) => [at - MARCH_2024, value]);

test("what holds is what was accepted, each month by what was promised then", async () => {
  expect(await held()).toEqual([]);
  const first = await plan(
    ["sent-back", 1, MARCH_2024, 10, 11],
    ["accepted", 2, MARCH_2024 + 1, 70, 71, 72, 73],
    [null, 0, MARCH_2024, 99],
  );
  expect(await held()).toEqual([
    [1, 70],
    [2, 71],
    [3, 72],
    [4, 73],
  ]);
  // Accepted later, it takes over from its own first month, and ends where it says.
  const second = await plan(["accepted", 9, MARCH_2024 + 3, 80]);
  expect(await held()).toEqual([
    [1, 70],
    [2, 71],
    [3, 80],
  ]);
  await db.updateTable("action_plan").set({ state: "withdrawn" }).where("id", "=", second).execute();
  expect(await held()).toHaveLength(4);
  expect((await promisedBy(db, [escalation])).get(escalation)).toMatchObject({
    plan: first,
    revision: 2,
    firstIn: MARCH_2024 + 1,
    by: MARCH_2024 + 4,
    effect: null,
  });
});

test("by when it is promised is said by the actions on the case's own figure, where they say it", async () => {
  const id = await plan(["accepted", 20, MARCH_2024 + 1, 70, 76]);
  const action = { plan: id, what: "Hire", owner: "olu@example.org", due_on: "2024-06-03", added_in: 1 };
  await db
    .insertInto("action")
    .values([
      { ...action, number: 1, effect_series: series, effect_by: 2, effect_in: MARCH_2024 + 3 },
      { ...action, number: 2, effect_series: series, effect_by: 1.5, effect_in: MARCH_2024 + 5 },
      { ...action, number: 3, effect_series: series, effect_by: 9, effect_in: MARCH_2024 + 9, dropped_in: 2 },
    ])
    .execute();
  expect((await promisedBy(db, [escalation, 999_999])).get(escalation)).toMatchObject({
    plan: id,
    firstIn: MARCH_2024 + 3,
    by: MARCH_2024 + 5,
    effect: 3.5,
  });
});
