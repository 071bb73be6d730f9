import { type Database, type Kysely, openClock, putTestTime } from "@signalbox/db";
import { testDatabase } from "@signalbox/db/testing";
import { seedEscalation, seedSeries } from "@signalbox/db/testing-cases";
import { seedCatalogue, seedSubmission } from "@signalbox/db/testing-world";
import { openLog } from "@signalbox/log";
import { openQueues } from "@signalbox/queues";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compose } from "./compose.ts";
import { lookTwice } from "./look.ts";
import { breaks, LONG_AGO, MACHINE, NOW } from "./testing/breaks.ts";

const { db, url, close } = await testDatabase();
const log = openLog({ level: "silent", format: "json", service: "auditor" });
const queues = await openQueues(url, { log });
await queues.migrate();
afterAll(async () => {
  await queues.close();
  await close();
});

const world = await seedCatalogue(db);
const submission = await seedSubmission(db, "RA", "a");
const series = await seedSeries(db, { metric: "ae-4h", organisation: "RA", submission });
const seeded = await seedEscalation(db, world, { series, organisation: "RA", submission });

beforeAll(async () => {
  await putTestTime(db, NOW);
  await db.updateTable("clock").set({ ran_through: NOW.toString() }).execute();
  await db
    .insertInto("person")
    .values({
      since: world.version,
      email: "oz@example.org",
      name: "Oz",
      role: "operator",
      organisation: null,
      forum: null,
    })
    .execute();
  await seen(db, MACHINE);
});

async function seen(at: Kysely<Database>, when: Temporal.Instant): Promise<void> {
  await at.deleteFrom("worker_seen").execute();
  const services = ["ingestion", "evaluator", "notifier", "web", "clock"];
  await at
    .insertInto("worker_seen")
    .values(services.map((service) => ({ service, at: when.toString() })))
    .execute();
}

const looking = (at: Kysely<Database>, machine = MACHINE) => ({
  db: at,
  queues,
  clock: openClock(at, "test"),
  machineNow: () => machine,
  pause: async () => {},
});
const problemsOf = async (at: Kysely<Database>, machine?: Temporal.Instant) => [
  ...new Set((await lookTwice(looking(at, machine))).found.map(({ name }) => name)),
];

class Undo extends Error {}

describe("the auditor", () => {
  test("finds nothing where all is well", async () => {
    expect(await problemsOf(db)).toEqual([]);
  });

  test.each(breaks)("finds %s: %s", async (problem, _, broken) => {
    const undone = db.transaction().execute(async (trx) => {
      await broken(trx);
      expect(await problemsOf(trx)).toEqual([problem]);
      throw new Undo();
    });
    await expect(undone).rejects.toThrow(Undo);
  });

  test("finds queue-unanswered: a bell rings and nobody hears it", async () => {
    await queues.ring("tell", {});
    expect(await problemsOf(db)).toEqual([]);
    const later = MACHINE.add({ minutes: 10 });
    await db.transaction().execute(async (trx) => {
      await seen(trx, later);
      expect(await problemsOf(trx, later)).toEqual(["queue-unanswered"]);
    });
    await seen(db, MACHINE);
    await Promise.all(queues.bullQueues().map((queue) => queue.drain()));
  });

  test("does not call work under way a finding", async () => {
    await db.updateTable("request").set({ next_at: LONG_AGO }).execute();
    const pause = async () => void (await db.updateTable("request").set({ next_at: null }).execute());
    expect((await lookTwice({ ...looking(db), pause })).found).toEqual([]);
  });

  test("waits for nothing before a test clock was ever put", async () => {
    await db.updateTable("request").set({ next_at: LONG_AGO }).execute();
    await db.updateTable("clock").set({ now: null }).execute();
    expect(await lookTwice(looking(db))).toEqual({ judgedAt: null, found: [] });
    await db.updateTable("request").set({ next_at: null }).execute();
    await db.updateTable("clock").set({ now: NOW.toString() }).execute();
  });
});

describe("the ping", () => {
  const asked: string[] = [];
  let answer: { status: number; location?: string } = { status: 200 };
  let server: Server;
  let address = "";
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.writeHead(answer.status, answer.location === undefined ? {} : { location: answer.location }).end("well");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  async function lookOnce(): Promise<string[]> {
    asked.length = 0;
    const parts = { config: { auditPingUrl: `${address}/well` }, db, queues, log, clock: openClock(db, "test") };
    const auditor = await compose(parts, { settleMs: 0, machineNow: () => MACHINE });
    await auditor.look();
    await auditor.close();
    return [...new Set(asked)];
  }

  test("asks for the address when all is well, and keeps the look", async () => {
    expect(await lookOnce()).toEqual(["GET /well"]);
    const [last] = await db.selectFrom("audit_check").selectAll().orderBy("id", "desc").limit(1).execute();
    expect(last).toMatchObject({ period_seconds: 900, problems: {} });
  });

  test("follows no redirect, and is not stopped by one", async () => {
    answer = { status: 302, location: "/elsewhere" };
    expect(await lookOnce()).toEqual(["GET /well"]);
    answer = { status: 200 };
  });

  test("is not sent when something is found, which is kept with where it is seen", async () => {
    await db.updateTable("request").set({ recipients: [] }).execute();
    expect(await lookOnce()).toEqual([]);
    const [found] = await db.selectFrom("audit_finding").selectAll().orderBy("id", "desc").limit(1).execute();
    expect(found).toMatchObject({ name: "case-without-step", place: `/escalations/${seeded.escalation}` });
    await db
      .updateTable("request")
      .set({ recipients: ["owner@example.org"] })
      .execute();
  });

  test("that cannot be sent costs nothing", async () => {
    const parts = { config: { auditPingUrl: "http://127.0.0.1:1/" }, db, queues, log, clock: openClock(db, "test") };
    const auditor = await compose(parts, { settleMs: 0, machineNow: () => MACHINE });
    await expect(auditor.look()).resolves.toBeUndefined();
    await auditor.close();
  });
});
