import { receiveSubmission } from "@signalbox/db";
import { testDatabase } from "@signalbox/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { filesFirst } from "./files-first.ts";

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test("deciding waits for unread files, but not for ever, and not at all without any", async () => {
  const { db } = database;
  let at = 0;
  const waits = filesFirst(db, { waits: 100, now: () => at });
  expect(await waits()).toBe(false);
  const { id } = await receiveSubmission(db, {
    organisation: "NW",
    channel: "cli",
    submittedBy: "operator",
    filename: "figures.csv",
    mediaType: "text/csv",
    template: null,
    issued: null,
    bytes: Buffer.from("figures"),
    now: Temporal.Instant.from("2024-03-20T10:00:00Z"),
  });
  expect(await waits()).toBe(true);
  at = 99;
  expect(await waits()).toBe(true);
  at = 100;
  expect(await waits()).toBe(false);
  expect(await waits()).toBe(true);
  await db.updateTable("submission").set({ status: "accepted" }).where("id", "=", id).execute();
  expect(await waits()).toBe(false);
});
