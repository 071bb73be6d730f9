import { expect, test } from "vitest";
import { inventedSystem } from "../harness/invented-health-system.ts";
import { startPipeline } from "../harness/pipeline.ts";
import { waitUntil } from "../harness/wait-until.ts";
import { monthsInFlight, NOW } from "./months-in-flight.ts";
import { mailFaults, noFaults } from "./told-once.ts";
import { startWorker } from "./worker.ts";

test("mail in the server's hands when the notifier is killed goes again under the same Message-ID", async () => {
  await using stack = new AsyncDisposableStack();
  const pipeline = await startPipeline({ catalogue: inventedSystem, services: ["web"] });
  stack.defer(() => pipeline.close());
  const { db, mail } = pipeline;
  await pipeline.put(NOW);
  const env = { DATABASE_URL: pipeline.databaseUrl, QUEUE_URL: pipeline.databaseUrl, SMTP_URL: mail.url };
  stack.use(await startWorker("ingestion,evaluator", env));
  const notifier = stack.use(await startWorker("notifier", env));
  mail.hold();
  await pipeline.submit(...monthsInFlight(1).slice(-3));
  await waitUntil("the server has mail that it has not answered", () => mail.unanswered() > 0);
  await notifier.kill();
  const sending = await db.selectFrom("mail").select("message_id").where("status", "=", "sending").execute();
  expect(sending.length).toBeGreaterThan(0);
  const first = (await mail.read()).map(({ messageId }) => messageId);
  expect(sending.map(({ message_id }) => message_id)).toEqual(expect.arrayContaining(first));

  mail.release();
  await notifier.start();
  await pipeline.settle();
  expect(await mailFaults(db, mail)).toEqual(noFaults);
  const caught = Map.groupBy(await mail.read(), ({ messageId }) => messageId);
  expect(first.map((id) => caught.get(id)?.length)).toEqual(first.map(() => 2));
  const bytes = Map.groupBy(mail.caught, ({ to, raw }) => `${to} ${raw.toString("latin1")}`);
  expect([...bytes.values()].filter((same) => same.length === 2).length).toBe(first.length);
}, 60_000);
