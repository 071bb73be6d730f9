import { seedSubmission } from "@signalbox/db/testing-world";
import { expect, test } from "vitest";
import { TUESDAY, World } from "./testing/world.ts";

test("a notice waits until every submission received before it was made has been read", async () => {
  await using world = await World.open();
  const before = await seedSubmission(world.db, "RA", "before");
  const read = (status: "received" | "accepted") =>
    world.db.updateTable("submission").set({ status }).where("id", "=", before).execute();
  await read("received");
  await world.tell({ forums: ["EC"] });
  const notifier = world.notifier();
  await notifier.ring();
  expect(await world.notices()).toMatchObject([{ status: "pending", after_submission: before }]);
  const after = await seedSubmission(world.db, "RA", "after");
  await world.db.updateTable("submission").set({ status: "received" }).where("id", "=", after).execute();
  await read("accepted");
  await notifier.ring();
  expect(world.server.caught).toHaveLength(1);
});

test("a submission that failed holds nobody up", async () => {
  await using world = await World.open();
  const id = await seedSubmission(world.db, "RA", "x");
  await world.db
    .updateTable("submission")
    .set({ status: "reading", failed_at: TUESDAY.toString() })
    .where("id", "=", id)
    .execute();
  await world.tell({ forums: ["EC"] });
  await world.notifier().ring();
  expect(world.server.caught).toHaveLength(1);
});

test("a notice waits until the series that a submission touched are decided, unless deciding failed", async () => {
  await using world = await World.open();
  const submission = await seedSubmission(world.db, "RA", "x");
  const { id: series } = await world.db
    .insertInto("series")
    .values({ metric: "ae-4h", organisation: "RA" })
    .returning("id")
    .executeTakeFirstOrThrow();
  const later = "2026-11-24T10:00:00Z";
  await world.db
    .insertInto("series_state")
    .values({
      series,
      parent: null,
      first_period: null,
      failure: null,
      due: true,
      due_by: [submission],
      due_since: later,
    })
    .execute();
  await world.tell({ forums: ["EC"] });
  const notifier = world.notifier();
  await notifier.ring();
  expect(world.server.caught).toHaveLength(0);
  await world.db
    .updateTable("series_state")
    .set({ due_by: [submission + 1] })
    .execute();
  await notifier.ring();
  expect(world.server.caught).toHaveLength(1);

  await world.tell({ forums: ["EC"] });
  await world.db.updateTable("series_state").set({ due_by: [], due_since: TUESDAY.toString() }).execute();
  await notifier.ring();
  expect(world.server.caught).toHaveLength(1);
  await world.db.updateTable("series_state").set({ failed_at: later }).execute();
  await notifier.ring();
  expect(world.server.caught).toHaveLength(2);
});

test("a notice waits for an organisation that is to be decided by an earlier submission", async () => {
  await using world = await World.open();
  const submission = await seedSubmission(world.db, "RA", "x");
  const due = { organisation: "RA", due_since: "2026-11-24T10:00:00Z", due_by: [submission], failure: null };
  await world.db.insertInto("organisation_due").values(due).execute();
  await world.tell({ forums: ["EC"] });
  const notifier = world.notifier();
  await notifier.ring();
  expect(world.server.caught).toHaveLength(0);
  await world.db.deleteFrom("organisation_due").execute();
  await notifier.ring();
  expect(world.server.caught).toHaveLength(1);
});
