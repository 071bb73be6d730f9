import { openClock } from "@signalbox/db";
import { testDatabase } from "@signalbox/db/testing";
import { seedCatalogue, seedSubmission } from "@signalbox/db/testing-world";
import { afterAll, beforeAll, expect, test } from "vitest";
import { progressLine, untilSettled } from "./settling.ts";
import type { Terminal } from "./terminal.ts";

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase();
  await seedCatalogue(database.db);
});
afterAll(() => database.close());

const said: string[] = [];
const terminal: Terminal = {
  json: false,
  isInteractive: false,
  print() {},
  document() {},
  note() {},
  progress: (line) => void said.push(line),
};

test("waits no longer once a submission has failed that only a person can put right", async () => {
  const { db } = database;
  const read = await seedSubmission(db, "RA", "read");
  const failed = await seedSubmission(db, "RA", "failed");
  const waiting = { db, clock: openClock(db, "system"), terminal };
  expect(await untilSettled([read], waiting)).toBe(true);
  const change = { status: "reading", failed_at: "2024-04-20T09:00:01Z", failure: "broken", read_at: null } as const;
  await db.updateTable("submission").set(change).where("id", "=", failed).execute();
  expect(await untilSettled([read, failed], waiting)).toBe(false);
});

test("goes on waiting for a submission that nobody has read yet, and sees to it that somebody does", async () => {
  const { db } = database;
  const unread = await seedSubmission(db, "RA", "unread");
  await db.updateTable("submission").set({ status: "received", read_at: null }).where("id", "=", unread).execute();
  const seeToIt = async (): Promise<void> => {
    const change = { status: "accepted", read_at: "2024-04-20T09:00:01Z" } as const;
    await db.updateTable("submission").set(change).where("id", "=", unread).execute();
  };
  expect(await untilSettled([unread], { db, clock: openClock(db, "system"), terminal, seeToIt })).toBe(true);
});

test("says how far it is, with a bar on a terminal", () => {
  const holding = { unread: 1, series: 1204, organisations: 0, tellings: 0, notices: 3, failed: 0 };
  const line = progressLine({ settled: 12, of: 48, holding, bar: true });
  expect(line).toBe(
    "[######..................] 12 of 48 files settled: 1 file to read, 1,204 series to decide, 3 notices to send",
  );
  expect(progressLine({ settled: 0, of: 1, holding: { ...holding, series: 0, notices: 0 }, bar: false })).toBe(
    "0 of 1 file settled: 1 file to read",
  );
});
