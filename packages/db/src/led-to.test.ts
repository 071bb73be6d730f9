import { afterAll, expect, test } from "vitest";
import { whatItLedTo } from "./led-to.ts";
import { seedEscalation, seedSeries } from "./testing-cases.ts";
import { MARCH_2024, seedCatalogue, seedSubmission } from "./testing-world.ts";
import { testDatabase } from "./testing.ts";

const { db, close } = await testDatabase();
afterAll(close);
const world = await seedCatalogue(db);
const submission = await seedSubmission(db, "RA", "a");
const series = await seedSeries(db, { metric: "ae-4h", organisation: "RA", submission });
const { escalation } = await seedEscalation(db, world, { series, organisation: "RA", submission });
const figure = { series, period: MARCH_2024, submission, row_number: 2, issued: "2024-04-20", value: 71.5 };
await db.insertInto("observation").values(figure).execute();

test("a submission led to the case that was raised by its figure", async () => {
  expect((await whatItLedTo(db, [submission])).get(submission)).toMatchObject([{ escalation, event: "raised" }]);
  expect((await whatItLedTo(db, [])).size).toBe(0);
});

test("a submission that came after the case was raised, and says the same, did not lead to it", async () => {
  await db
    .updateTable("submission")
    .set({ received_at: "2024-05-20T09:00:00Z" })
    .where("id", "=", submission)
    .execute();
  expect((await whatItLedTo(db, [submission])).get(submission)).toBeUndefined();
});
