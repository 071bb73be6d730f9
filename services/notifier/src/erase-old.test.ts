import { expect, test } from "vitest";
import { erasingDaily } from "./erase-old.ts";
import { World } from "./testing/world.ts";

test("mail is erased after its days, addresses after theirs, and what still waits is left alone", async () => {
  await using world = await World.open();
  const sending = world.notifier({ MAIL_KEEP_DAYS: "10", PERSONAL_DATA_KEEP_DAYS: "100" });
  const erase = erasingDaily();
  await world.tell({ forums: ["SLT"], recipients: ["owner@example.org"] });
  await sending.ring();
  const days = (n: number) => Temporal.Instant.from("2026-11-24T09:00:00Z").add({ hours: 24 * n + 1 });

  await erase(sending.parts, days(9));
  expect((await world.mails()).every(({ raw }) => raw !== null)).toBe(true);
  await erase(sending.parts, days(10));
  expect((await world.mails()).every(({ raw }) => raw === null)).toBe(true);
  expect((await world.notices()).map(({ recipient }) => recipient)).toContain("owner@example.org");
  await erase(sending.parts, days(100));
  const left = JSON.stringify([
    await world.mails(),
    await world.notices(),
    await world.db.selectFrom("telling").selectAll().execute(),
  ]);
  expect(left).not.toContain('@example.org"');
  expect((await world.notices()).every(({ status }) => status === "sent")).toBe(true);
});
