import { beforeAll, describe, expect, test } from "vitest";
import { chances } from "../harness/invented-figures.ts";
import { inventedSystem } from "../harness/invented-health-system.ts";
import { leftOut } from "../harness/left-out.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { noRedis, startRedis } from "../harness/redis.ts";
import { monthsInFlight, NOW } from "./months-in-flight.ts";
import { threeMoments, untilRead, untilSending } from "./moments.ts";
import { expectNothingLost } from "./nothing-lost.ts";
import { noFaults } from "./told-once.ts";
import { type Undisturbed, undisturbed } from "./undisturbed.ts";
import { startWorker, WORK, type Worker } from "./worker.ts";

const SEED = 20_261_122;
const files = monthsInFlight(SEED);
const SETTLES = { within: 60_000 };
const LONG = 180_000;

let calm: Undisturbed;

beforeAll(async () => {
  calm = await undisturbed(files);
}, 90_000);

test("48 files make cases and mail when nobody disturbs them", () => {
  expect(calm.faults).toEqual(noFaults);
  expect(calm.mails).toBeGreaterThan(8);
  expect(calm.shown.filter((line) => line.startsWith("case")).length).toBeGreaterThan(20);
});

/** A Signalbox whose work is done by processes of their own. */
async function startWithWorkers(
  stack: AsyncDisposableStack,
  count: number,
  queueUrl?: string,
): Promise<{ pipeline: Pipeline; workers: Worker[] }> {
  const pipeline = await startPipeline({
    catalogue: inventedSystem,
    services: ["web"],
    ...(queueUrl === undefined ? {} : { queueUrl }),
  });
  stack.defer(() => pipeline.close());
  await pipeline.put(NOW);
  const env = {
    DATABASE_URL: pipeline.databaseUrl,
    QUEUE_URL: queueUrl ?? pipeline.databaseUrl,
    SMTP_URL: pipeline.mail.url,
  };
  const workers = await Promise.all(Array.from({ length: count }, () => startWorker(WORK, env)));
  for (const worker of workers) stack.use(worker);
  return { pipeline, workers };
}

const all = async (workers: readonly Worker[], what: "kill" | "start"): Promise<void> => {
  await Promise.all(workers.map((one) => one[what]()));
};

describe("with 48 files in flight nothing is lost and nothing told twice", () => {
  test(
    "when workers are killed, queues on PostgreSQL",
    async () => {
      await using stack = new AsyncDisposableStack();
      const { pipeline, workers } = await startWithWorkers(stack, 2);
      const { db, mail } = pipeline;
      const [early, middle, late] = threeMoments(files.length, chances(SEED));
      const submitting = pipeline.submit(...files);

      expect(await untilRead(db, early)).toBeLessThan(files.length);
      await all(workers.slice(0, 1), "kill");
      await all(workers.slice(0, 1), "start");
      await untilRead(db, middle);
      await all(workers.slice(1), "kill");
      mail.hold();
      await all(workers.slice(1), "start");
      await untilRead(db, late);
      await all(workers, "kill");
      await all(workers, "start");
      await untilSending(mail);
      await all(workers, "kill");
      mail.release();
      await all(workers.slice(1), "start");

      await submitting;
      await pipeline.settle(SETTLES);
      await expectNothingLost(pipeline, { files: files.length, shown: calm.shown });
    },
    LONG,
  );

  const missing = noRedis();
  if (missing !== null) leftOut("48 files in flight while Redis loses all it holds", missing);
  test.runIf(missing === null)(
    "when Redis loses all it holds, and is killed with the workers",
    async () => {
      await using stack = new AsyncDisposableStack();
      const redis = await startRedis();
      stack.defer(() => redis.stop());
      const { pipeline, workers } = await startWithWorkers(stack, 2, redis.url);
      const { db, mail } = pipeline;
      const [early, middle, late] = threeMoments(files.length, chances(SEED + 1));
      const submitting = pipeline.submit(...files);

      expect(await untilRead(db, early)).toBeLessThan(files.length);
      await redis.flush();
      await all(workers.slice(0, 1), "kill");
      await all(workers.slice(0, 1), "start");
      await untilRead(db, middle);
      await redis.kill();
      mail.hold();
      await redis.start();
      await untilRead(db, late);
      await all(workers, "kill");
      await redis.kill();
      await redis.start();
      await all(workers, "start");
      await untilSending(mail);
      await redis.flush();
      await all(workers, "kill");
      mail.release();
      await all(workers.slice(1), "start");

      await submitting;
      await pipeline.settle(SETTLES);
      await expectNothingLost(pipeline, { files: files.length, shown: calm.shown });
    },
    LONG,
  );
});
