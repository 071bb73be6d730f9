import { afterAll, beforeEach, expect, test } from "vitest";
import { releaseSubmission } from "./release-submission.ts";
import { isSettled } from "./settled.ts";
import { seedEscalation, seedSeries } from "./testing-cases.ts";
import { seedCatalogue, seedSubmission } from "./testing-world.ts";
import { testDatabase } from "./testing.ts";

const { db, close } = await testDatabase();
afterAll(close);
const world = await seedCatalogue(db);
const now = Temporal.Instant.from("2024-04-22T12:00:00Z");
const tomorrow = "2024-04-23T07:30:00Z";

let count = 0;
let submission = 0;
let series = 0;
let raised: Awaited<ReturnType<typeof seedEscalation>>;

beforeEach(async () => {
  count += 1;
  submission = await seedSubmission(db, "RA", `file ${count}`);
  series = await seedSeries(db, { metric: `metric-${count}`, organisation: "RA", submission });
  raised = await seedEscalation(db, world, { series, organisation: "RA", submission });
});

const settled = () => isSettled(db, submission, now);
const notice = (status: "pending" | "sent" | "failed" | "superseded" | "unknown") =>
  db.updateTable("notice").set({ status }).where("id", "=", raised.notice).execute();

test("a submission settles when its rows are read", async () => {
  expect(await settled()).toBe(true);
  await db.updateTable("submission").set({ status: "reading", read_at: null }).where("id", "=", submission).execute();
  expect(await settled()).toBe(false);
});

test("a submission settles when its series, and then its organisations, are decided", async () => {
  await db
    .insertInto("series_state")
    .values({ series, parent: null, first_period: null, due: true, due_by: [submission], failure: null })
    .execute();
  expect(await settled()).toBe(false);
  await db.updateTable("series_state").set({ due: false }).where("series", "=", series).execute();
  expect(await settled()).toBe(true);
  await db
    .insertInto("organisation_due")
    .values({ organisation: "RA", due_since: tomorrow, due_by: [submission], failure: null })
    .execute();
  expect(await settled()).toBe(false);
  await db.deleteFrom("organisation_due").execute();
  expect(await settled()).toBe(true);
});

test("a submission settles when every notice due by now is sent, failed or superseded", async () => {
  for (const open of ["pending", "unknown"] as const) {
    await notice(open);
    expect(await settled()).toBe(false);
  }
  for (const closed of ["failed", "superseded", "sent"] as const) {
    await notice(closed);
    expect(await settled()).toBe(true);
  }
});

test("mail held by the operator does not hold a submission up", async () => {
  await notice("pending");
  await db.updateTable("mail").set({ status: "held" }).where("id", "=", raised.mail).execute();
  expect(await settled()).toBe(true);
});

test("what is to be told later does not hold a submission up, what is due does, unless the test clock was never put", async () => {
  await db
    .updateTable("telling")
    .set({ state: "waiting", tell_at: tomorrow })
    .where("id", "=", raised.telling)
    .execute();
  expect(await settled()).toBe(true);
  await db.updateTable("telling").set({ tell_at: now.toString() }).where("id", "=", raised.telling).execute();
  expect(await settled()).toBe(false);
  expect(await isSettled(db, submission, null)).toBe(true);
});

test("a release shows the cases at once and tells the forums at their digest's time; the second changes nothing", async () => {
  const preview = "2024-04-25T07:30:00Z";
  await db
    .updateTable("telling")
    .set({ state: "waiting", tell_at: preview, digest: "08:30" })
    .where("id", "=", raised.telling)
    .execute();
  await db.updateTable("escalation").set({ shown_at: preview }).where("id", "=", raised.escalation).execute();
  const first = await releaseSubmission(db, submission, "operator", now);
  expect(first?.releasedBy).toBe("operator");
  const telling = await db
    .selectFrom("telling")
    .select("tell_at")
    .where("id", "=", raised.telling)
    .executeTakeFirstOrThrow();
  expect(telling.tell_at.toString()).toBe(tomorrow);
  const shown = await db
    .selectFrom("escalation")
    .select("shown_at")
    .where("id", "=", raised.escalation)
    .executeTakeFirstOrThrow();
  expect(shown.shown_at.equals(now)).toBe(true);
  const again = await releaseSubmission(db, submission, "somebody else", now.add({ hours: 1 }));
  expect(again?.releasedBy).toBe("operator");
  expect(await releaseSubmission(db, 99_999_999, "operator", now)).toBeNull();
});
