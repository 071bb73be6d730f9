import { expect, test } from "vitest";
import { apiClient } from "../harness/api-client.ts";
import { chances } from "../harness/invented-figures.ts";
import { inventedSystem } from "../harness/invented-health-system.ts";
import { startMailCatcher } from "../harness/mail-catcher.ts";
import { settled } from "../harness/pipeline.ts";
import { freePort } from "../harness/redis.ts";
import { embeddedInstallation } from "./embedded.ts";
import { threeMoments, untilRead, untilSending } from "./moments.ts";
import { monthsInFlight, NOW } from "./months-in-flight.ts";
import { expectNothingLost } from "./nothing-lost.ts";
import { submitUntilTaken } from "./submitter.ts";
import { noFaults } from "./told-once.ts";
import { undisturbed } from "./undisturbed.ts";
import { startWorker, WORK } from "./worker.ts";

const SEED = 20_261_123;

test("a machine that loses its power with 48 files in flight loses no file that it answered 202, and tells nothing twice", async () => {
  const files = monthsInFlight(SEED);
  const { shown, faults } = await undisturbed(files);
  expect(faults).toEqual(noFaults);

  await using stack = new AsyncDisposableStack();
  const mail = await startMailCatcher();
  stack.defer(() => mail.close());
  const machine = await embeddedInstallation(stack, { catalogue: inventedSystem, now: NOW });
  const PORT = String(await freePort());
  const env = { DATA_DIR: machine.dataDir, SMTP_URL: mail.url, PORT };
  const processes = await Promise.all([startWorker(WORK, env), startWorker("web", env)]);
  for (const process of processes) stack.use(process);
  async function cutPower(): Promise<void> {
    machine.killServer();
    await Promise.all(processes.map((one) => one.kill()));
  }
  async function powerUp(): Promise<void> {
    await Promise.all(processes.map((one) => one.start()));
    await machine.join();
  }

  const api = apiClient(`http://127.0.0.1:${PORT}`, machine.key);
  const submitting = submitUntilTaken(api, files);
  const [early, , late] = threeMoments(files.length, chances(SEED));
  expect(await untilRead(machine.db(), early)).toBeLessThan(files.length);
  await cutPower();
  mail.hold();
  await powerUp();
  await untilRead(machine.db(), late);
  await cutPower();
  await powerUp();
  const answered = await submitting;
  await untilSending(mail);
  await cutPower();
  mail.release();
  await powerUp();

  const db = machine.db();
  await settled(api, db, { within: 60_000 });
  const read = await db.selectFrom("submission").select("id").where("read_at", "is not", null).execute();
  expect(read.map(({ id }) => String(id)).toSorted()).toEqual(answered.toSorted());
  await expectNothingLost({ db, api, mail }, { files: files.length, shown });
}, 180_000);
