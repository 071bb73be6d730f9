import { readConfig } from "@signalbox/config";
import { openClock } from "@signalbox/db";
import { openLog } from "@signalbox/log";
import { openQueues } from "@signalbox/queues";
import { expect, test, vi } from "vitest";
import { compose } from "./compose.ts";
import { World } from "./testing/world.ts";

test("a bell brings what is due to the mail server, and the service is seen at work", async () => {
  await using world = await World.open();
  const log = openLog({ level: "silent", format: "json", service: "notifier" });
  const queues = await openQueues(world.url, { log });
  await queues.migrate();
  const config = readConfig({ SMTP_URL: world.server.url });
  const notifier = await compose({ config, db: world.db, queues, log, clock: openClock(world.db, "test") });
  try {
    await world.tell({ forums: ["EC"] });
    expect(await queues.ring("tell", {})).toBe(true);
    await vi.waitFor(() => expect(world.server.caught.map(({ to }) => to)).toEqual(["ec@example.org"]), {
      timeout: 10_000,
    });
    expect(
      (await world.db.selectFrom("worker_seen").select("service").execute()).map(({ service }) => service),
    ).toEqual(["notifier"]);
  } finally {
    await notifier.close();
    await queues.close();
  }
});
