import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { actOnFailedWork, retrySubmission } from "./operations-acts.ts";
import { countWaitingWork, listFailedWork, listOverdue } from "./operations.ts";
import { markServiceSeen, servicesNotSeen } from "./services-seen.ts";
import { seedEscalation, seedSeries } from "./testing-cases.ts";
import { seedCatalogue, seedSubmission } from "./testing-world.ts";
import { testDatabase } from "./testing.ts";

const { db, close } = await testDatabase();
afterAll(close);
const world = await seedCatalogue(db);
const submission = await seedSubmission(db, "RA", "a");
const series = await seedSeries(db, { metric: "ae-4h", organisation: "RA", submission });
const { mail, notice } = await seedEscalation(db, world, { series, organisation: "RA", submission });

const now = Temporal.Instant.from("2024-05-22T12:00:00Z");
const failed_at = "2024-05-22T11:00:00Z";
const by = { actor: "operator", now };
const rest = { due_since: "2024-05-22T10:00:00Z", failure: "broken", failed_at };

beforeAll(async () => {
  await db
    .updateTable("submission")
    .set({ status: "reading", read_at: null, failure: "no memory", failed_at })
    .execute();
  await db
    .insertInto("series_state")
    .values({ ...rest, series, parent: null, first_period: null, due: true })
    .execute();
  await db
    .insertInto("organisation_due")
    .values({ ...rest, organisation: "RA" })
    .execute();
  await db.updateTable("mail").set({ status: "failed", failure: "550 no such person" }).execute();
  await db.updateTable("notice").set({ status: "failed" }).execute();
});

describe("what failed", () => {
  test("is listed with why, oldest first, and does not count as waiting", async () => {
    const { items, total } = await listFailedWork(db, 10);
    expect(total).toBe(4);
    expect(items.map(({ work, why }) => [work, why])).toEqual([
      ["mail", "550 no such person"],
      ["organisation", "broken"],
      ["series", "broken"],
      ["submission", "no memory"],
    ]);
    const waiting = await countWaitingWork(db, now);
    expect(waiting.filter(({ count }) => count > 0)).toEqual([]);
  });

  test("waits again after a retry, which is audited; what did not fail cannot be retried", async () => {
    expect(await retrySubmission(db, submission, by)).toBe(true);
    expect(await retrySubmission(db, submission, by)).toBe(false);
    for (const [work, id] of [
      ["series", String(series)],
      ["organisation", "RA"],
      ["mail", String(mail)],
    ] as const) {
      expect(await actOnFailedWork(db, { work, id, act: "retry" }, by)).toBe(true);
    }
    expect((await listFailedWork(db, 10)).total).toBe(0);
    const waiting = await countWaitingWork(db, now);
    expect(waiting.filter(({ count }) => count === 1).map(({ work }) => work)).toEqual([
      "submission",
      "series",
      "organisation",
      "mail",
    ]);
    expect(waiting.find(({ work }) => work === "series")?.oldest?.toString()).toBe("2024-05-22T10:00:00Z");
    const { status } = await db
      .selectFrom("notice")
      .select("status")
      .where("id", "=", notice)
      .executeTakeFirstOrThrow();
    expect(status).toBe("sending");
    expect(await actOnFailedWork(db, { work: "mail", id: "1; drop table mail", act: "retry" }, by)).toBe(false);
    const audited = await db.selectFrom("audit").select("action").orderBy("id").execute();
    expect(audited.map(({ action }) => action)).toEqual([
      "submission-retried",
      "series-retried",
      "organisation-retried",
      "mail-retried",
    ]);
  });

  test("holds nothing up once dismissed: a submission is rejected and says why, a mail's notices have failed", async () => {
    await db.updateTable("submission").set({ failure: "no memory", failed_at }).execute();
    await db.updateTable("series_state").set({ failure: "broken", failed_at }).execute();
    await db.updateTable("organisation_due").set({ failure: "broken", failed_at }).execute();
    for (const [work, id] of [
      ["submission", String(submission)],
      ["series", String(series)],
      ["organisation", "RA"],
      ["mail", String(mail)],
    ] as const) {
      expect(await actOnFailedWork(db, { work, id, act: "dismiss" }, by)).toBe(true);
      expect(await actOnFailedWork(db, { work, id, act: "dismiss" }, by)).toBe(false);
    }
    expect((await listFailedWork(db, 10)).total).toBe(0);
    expect((await countWaitingWork(db, now)).filter(({ count }) => count > 0)).toEqual([]);
    const { status } = await db.selectFrom("submission").select("status").executeTakeFirstOrThrow();
    expect(status).toBe("rejected");
    const [problem] = await db.selectFrom("submission_problem").selectAll().execute();
    expect(problem).toMatchObject({ code: "not-read", message: "The file could not be read: no memory" });
  });
});

test("a request is overdue from the day after its day until it is answered", async () => {
  expect(await listOverdue(db, "2024-05-07", 10)).toEqual([]);
  expect(await listOverdue(db, "2024-05-08", 10)).toMatchObject([
    { kind: "action-plan", organisation: "RA", metric: "ae-4h", dueOn: "2024-05-07" },
  ]);
  await db.updateTable("request").set({ stage: "answered" }).execute();
  expect(await listOverdue(db, "2024-05-08", 10)).toEqual([]);
});

test("a service is missed when nobody has seen it at work of late", async () => {
  await markServiceSeen(db, "evaluator", now);
  await markServiceSeen(db, "notifier", now.subtract({ minutes: 5 }));
  expect(await servicesNotSeen(db, ["evaluator", "notifier", "ingestion"], now.subtract({ minutes: 1 }))).toEqual([
    "notifier",
    "ingestion",
  ]);
});
