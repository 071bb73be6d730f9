import { actOnFailedWork, releaseHeld } from "@signalbox/db";
import { describe, expect, test } from "vitest";
import { TUESDAY, World } from "./testing/world.ts";

const HOLD = { MAIL_MODE: "hold" };

describe("MAIL_MODE=hold", () => {
  test("writes and keeps mail, and sends it as it stands when it is released", async () => {
    await using world = await World.open();
    const notifier = world.notifier(HOLD);
    await world.tell({ forums: ["EC"] });
    await notifier.ring();
    await world.tell({ forums: ["EC"] });
    await notifier.ring();
    expect(world.server.caught).toHaveLength(0);
    const held = await world.mails();
    expect(held.map(({ status }) => status)).toEqual(["held", "held"]);
    expect(await releaseHeld(world.db, [held[0]?.id ?? 0])).toBe(1);
    await notifier.ring();
    expect(world.server.caught.map(({ raw }) => raw.equals(held[0]?.raw ?? Buffer.of()))).toEqual([true]);
    expect((await world.notices()).map(({ status }) => status)).toEqual(["sent", "pending"]);
  });

  test("an operator's retry releases it too", async () => {
    await using world = await World.open();
    const notifier = world.notifier(HOLD);
    await world.tell({ forums: ["EC"] });
    await notifier.ring();
    const [held] = await world.mails();
    await actOnFailedWork(
      world.db,
      { work: "mail", id: String(held?.id), act: "retry" },
      { actor: "test", now: TUESDAY },
    );
    await notifier.ring();
    expect(world.server.caught).toHaveLength(1);
  });

  test("what was superseded while it was held is not released but composed anew, and held", async () => {
    await using world = await World.open();
    const notifier = world.notifier(HOLD);
    await world.tell({ forums: ["EC"] }, { forums: ["EC"] });
    await notifier.ring();
    const [first, second] = await world.notices();
    await world.db
      .updateTable("notice")
      .set({ status: "superseded" })
      .where("id", "=", first?.id ?? 0)
      .execute();
    await releaseHeld(world.db);
    await notifier.ring();
    expect(world.server.caught).toHaveLength(0);
    const mails = await world.mails();
    expect(mails.map(({ status }) => status)).toEqual(["held"]);
    expect(mails[0]?.raw?.toString()).toContain(`X-Signalbox-Notices: ${second?.id}\r\n`);
  });
});

test("MAIL_MODE=redirect sends all to one address, saying to whom it would go", async () => {
  await using world = await World.open();
  await world.tell({ forums: ["SLT"] });
  await world.notifier({ MAIL_MODE: "redirect:trial@example.org" }).ring();
  const { caught } = world.server;
  expect(caught.map(({ to }) => to)).toEqual(["trial@example.org", "trial@example.org"]);
  expect(caught.map((mail) => mail.header("To"))).toEqual(["trial@example.org", "trial@example.org"]);
  expect(new Set(caught.map((mail) => mail.header("X-Signalbox-Would-Go-To")))).toEqual(
    new Set(["chair@example.org", "slt@example.org"]),
  );
  for (const mail of caught) expect(mail.text).toContain(`would go to ${mail.header("X-Signalbox-Would-Go-To")}`);
  expect(await world.mails()).toMatchObject([{ sent_to: "trial@example.org" }, { sent_to: "trial@example.org" }]);
});

test("without a mail server mail counts as sent by being kept", async () => {
  await using world = await World.open();
  await world.tell({ forums: ["EC"] });
  await world.notifier({}, { kept: true }).ring();
  expect(await world.mails()).toMatchObject([{ status: "sent", attempts: 0 }]);
  expect(await world.notices()).toMatchObject([{ status: "sent" }]);
});

test("mail that failed is composed anew or sent again when an operator retries it", async () => {
  await using world = await World.open();
  world.server.answer = () => ({ data: 554 });
  const notifier = world.notifier();
  await world.tell({ forums: ["EC"] });
  await notifier.ring();
  world.server.answer = () => "take";
  const [failed] = await world.mails();
  await actOnFailedWork(
    world.db,
    { work: "mail", id: String(failed?.id), act: "retry" },
    { actor: "test", now: TUESDAY },
  );
  await notifier.ring();
  expect(world.server.caught.map(({ messageId }) => messageId)).toEqual([failed?.message_id]);
  expect(await world.notices()).toMatchObject([{ status: "sent" }]);
});
