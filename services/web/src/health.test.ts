import { markServiceSeen, openClock, openDatabase } from "@signalbox/db";
import { afterAll, expect, test } from "vitest";
import { buildApp } from "./app.ts";
import { testApp } from "./testing.ts";

const { app, db, queues, close } = await testApp();
afterAll(close);

test("the process is live, and ready once its database, migrations and queues are there", async () => {
  expect((await app.inject("/health/live")).json()).toEqual({ status: "live" });
  await markServiceSeen(db, "evaluator", Temporal.Now.instant());
  const ready = await app.inject("/health/ready");
  expect(ready.statusCode).toBe(200);
  expect(ready.json()).toEqual({ status: "ready", notReady: [], notSeen: ["ingestion", "notifier"] });
});

test("metrics count queues, submissions, notices and how long the oldest work has waited", async () => {
  await queues.ring("tell", {});
  await db
    .updateTable("submission")
    .set({
      status: "received",
      read_at: null,
      received_at: Temporal.Now.instant().subtract({ seconds: 90 }).toString(),
    })
    .execute();
  const { body } = await app.inject("/metrics");
  expect(body).toContain('signalbox_queue_jobs{queue="tell",state="waiting"} 1');
  expect(body).toContain("signalbox_queue_up 1");
  expect(body).toContain('signalbox_submissions{state="received"} 1');
  expect(body).toContain('signalbox_notices{state="sent"} 1');
  expect(body).toContain('signalbox_requests{state="asked"} 1');
  expect(Number(/oldest_unanswered_seconds\{work="submission"\} ([\d.]+)/.exec(body)?.[1])).toBeGreaterThanOrEqual(90);
});

test("what is not there is named: the queues, or the database", async () => {
  const without = await testApp({ QUEUE_URL: "redis://127.0.0.1:1" });
  const answer = await without.app.inject("/health/ready");
  expect(answer.statusCode).toBe(503);
  expect(answer.json()).toMatchObject({ status: "not-ready", notReady: ["queue"] });
  expect((await without.app.inject("/metrics")).body).toContain("signalbox_queue_up 0");
  const nowhere = openDatabase("postgres://nobody@127.0.0.1:1/none");
  const { config, queues: bells, log } = without;
  const stranded = await buildApp({
    config,
    db: nowhere.db,
    queues: bells,
    log,
    clock: openClock(nowhere.db, "system"),
  });
  expect((await stranded.inject("/health/ready")).json().notReady).toEqual(["database", "migrations", "queue"]);
  expect((await stranded.inject("/health/live")).statusCode).toBe(200);
  await stranded.close();
  await nowhere.close();
  await without.close();
});
