import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { testDatabase } from "@signalbox/db/testing";
import { leftOut } from "../../../test/harness/left-out.ts";
import { noRedis, startRedis, type TestRedis } from "../../../test/harness/redis.ts";
import { openBackend } from "./bullmq.ts";
import { TICK_MS } from "./clock.ts";
import type { Outcome } from "./handler.ts";
import { openQueues, type Queues } from "./open-queues.ts";
import { tell } from "./tell.ts";
import { keepClockWound } from "./tick.ts";

const DONE: Outcome = { kind: "done" };
const WAIT = { timeout: 15_000, interval: 10 };
const log = { warn: () => {}, error: () => {} };

test("bells are answered after PostgreSQL has cut every connection of the queues", async () => {
  const { url, pool, close } = await testDatabase();
  const queues = await openQueues(url, { log });
  await queues.migrate();
  const heard: number[] = [];
  await queues.work({ "read-submission": async ({ submission }) => (heard.push(submission), DONE) });
  await queues.ring("read-submission", { submission: 1 });
  await vi.waitFor(() => expect(heard).toEqual([1]), WAIT);
  await pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
  );
  await vi.waitFor(async () => expect(await queues.ring("read-submission", { submission: 2 })).toBe(true), WAIT);
  await vi.waitFor(() => expect(heard).toContain(2), WAIT);
  await queues.close();
  await close();
});

test("a bell that a worker took with it when it died is heard within a tick of the clock", async () => {
  const { url, close } = await testDatabase();
  const dying = openBackend(url, () => {});
  await dying.migrate();
  const queues = await openQueues(url, { log });
  const { promise: taken, resolve } = Promise.withResolvers<void>();
  const never = new Promise<Outcome>(() => {});
  const worker = await dying.answer(tell, {
    concurrency: 1,
    answer: () => (resolve(), never),
    onError: () => {},
    onFailed: () => {},
  });
  await queues.ring("tell", {});
  await taken;
  await worker.close(true);
  let answers = 0;
  await queues.work({ tell: async () => ((answers += 1), DONE) });
  await vi.waitFor(() => expect(answers).toBe(1), { timeout: TICK_MS + 5000, interval: 50 });
  await queues.close();
  await dying.close();
  await close();
});

const missing = noRedis();
if (missing !== null) leftOut("packages/queues: Redis lost and back", missing);

describe.runIf(missing === null)("when Redis is lost", () => {
  let redis: TestRedis;
  let queues: Queues;
  beforeEach(async () => {
    redis = await startRedis();
    queues = await openQueues(redis.url, { log });
  });
  afterEach(async () => {
    await queues.close();
    await redis.stop();
  });

  test("ringing says within its deadline that nobody heard, and is heard once Redis is back, empty", async () => {
    const heard: number[] = [];
    await queues.work({ "read-submission": async ({ submission }) => (heard.push(submission), DONE) });
    expect(await queues.ring("read-submission", { submission: 1 })).toBe(true);
    await vi.waitFor(() => expect(heard).toEqual([1]), WAIT);
    await redis.kill();
    const before = performance.now();
    expect(await queues.ring("read-submission", { submission: 2 })).toBe(false);
    expect(performance.now() - before).toBeLessThan(700);
    await redis.start();
    await vi.waitFor(async () => expect(await queues.ring("read-submission", { submission: 3 })).toBe(true), WAIT);
    await vi.waitFor(() => expect(heard).toEqual([1, 3]), WAIT);
  });

  test("the clock ticks at once when Redis is back, and is wound again", async () => {
    let ticks = 0;
    await queues.work({ clock: async () => ((ticks += 1), DONE) });
    await vi.waitFor(() => expect(ticks).toBeGreaterThan(0), WAIT);
    await redis.kill();
    const before = ticks;
    await redis.start();
    await vi.waitFor(() => expect(ticks).toBeGreaterThan(before), WAIT);
    await vi.waitFor(async () => expect(await queues.bullQueues().at(-1)?.getJobSchedulersCount()).toBe(1), WAIT);
  });

  test("the clock is wound again when all that Redis held was flushed", async () => {
    const backend = openBackend(redis.url, () => {});
    const queue = backend.queue("clock");
    await queue.waitUntilReady();
    const stop = await keepClockWound(backend, { tick: async () => {}, onError: () => {}, lookEveryMs: 50 });
    expect(await queue.getJobSchedulersCount()).toBe(1);
    await redis.flush();
    await vi.waitFor(async () => expect(await queue.getJobSchedulersCount()).toBe(1), WAIT);
    stop();
    await backend.close();
  });

  test("a process that starts while Redis is away answers once it is there", async () => {
    await redis.kill();
    const early = await openQueues(redis.url, { log });
    let answers = 0;
    await early.work({ tell: async () => ((answers += 1), DONE) });
    expect(await early.ring("tell", {})).toBe(false);
    await expect(early.depths()).rejects.toThrow("away");
    await redis.start();
    await vi.waitFor(async () => expect(await early.ring("tell", {})).toBe(true), WAIT);
    await vi.waitFor(() => expect(answers).toBeGreaterThan(0), WAIT);
    await early.close();
  });

  test("closing ends in time although Redis is gone", async () => {
    await queues.work({ tell: async () => DONE, clock: async () => DONE });
    await redis.kill();
    const before = performance.now();
    await queues.close();
    expect(performance.now() - before).toBeLessThan(11_000);
  });
});
