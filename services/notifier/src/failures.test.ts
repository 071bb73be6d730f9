import { describe, expect, test } from "vitest";
import { World } from "./testing/world.ts";

const statuses = async (world: World) => ({
  mails: (await world.mails()).map(({ status }) => status),
  notices: (await world.notices()).map(({ status }) => status),
});

describe("a mail server that says no", () => {
  test.each([[{ rcpt: 451 }], [{ data: 452 }]])(
    "for now (%j) is tried again later, under the same Message-ID",
    async (no) => {
      await using world = await World.open();
      world.server.answer = () => no;
      await world.tell({ forums: ["EC"] });
      const notifier = world.notifier();
      await notifier.ring();
      expect(await statuses(world)).toEqual({ mails: ["deferred"], notices: ["pending"] });
      const [put] = await world.mails();
      await notifier.ring();
      expect((await world.mails())[0]?.attempts).toBe(1);
      world.server.answer = () => "take";
      await world.backOffPasses();
      await notifier.ring();
      expect(await statuses(world)).toEqual({ mails: ["sent"], notices: ["sent"] });
      expect(world.server.caught.map(({ messageId }) => messageId)).toEqual([put?.message_id]);
      expect((await world.mails())[0]).toMatchObject({ attempts: 2, failure: null });
    },
  );

  test("for good is given up and shown, and costs the others nothing", async () => {
    await using world = await World.open();
    world.server.answer = (to) => (to === "slt@example.org" ? { rcpt: 550 } : "take");
    await world.tell({ forums: ["SLT"] });
    await world.notifier().ring();
    expect(world.server.caught.map(({ to }) => to)).toEqual(["chair@example.org"]);
    const failed = (await world.mails()).filter(({ status }) => status === "failed");
    expect(failed).toMatchObject([{ recipient: "slt@example.org", failure: expect.stringContaining("550") }]);
    expect((await world.notices()).map(({ status }) => status).toSorted()).toEqual(["failed", "sent"]);
  });

  test("by being away is tried again when it is back; nothing else is tried meanwhile", async () => {
    await using world = await World.open();
    await world.server.stop();
    await world.tell({ recipients: Array.from({ length: 150 }, (_, i) => `person-${i}@example.org`) });
    const notifier = world.notifier();
    await notifier.ring();
    expect((await world.mails()).every(({ status }) => status === "deferred")).toBe(true);
    expect((await world.mails()).length).toBeLessThan(150);
    await world.server.start();
    await world.backOffPasses();
    await notifier.ring();
    expect(new Set(world.server.caught.map(({ to }) => to)).size).toBe(150);
    expect(world.server.caught).toHaveLength(150);
    expect(new Set((await world.mails()).map(({ status }) => status))).toEqual(new Set(["sent"]));
  });

  test("by hanging up after the message leaves it unknown; the same bytes follow under the same Message-ID", async () => {
    await using world = await World.open();
    world.server.answer = () => "take-and-hang-up";
    await world.tell({ forums: ["EC"] });
    const notifier = world.notifier();
    await notifier.ring();
    expect(await statuses(world)).toEqual({ mails: ["unknown"], notices: ["unknown"] });
    world.server.answer = () => ({ data: 451 });
    await world.backOffPasses();
    await notifier.ring();
    expect(await statuses(world)).toEqual({ mails: ["unknown"], notices: ["unknown"] });
    world.server.answer = () => "take";
    await world.backOffPasses();
    await notifier.ring();
    expect(await statuses(world)).toEqual({ mails: ["sent"], notices: ["sent"] });
    const [first, second] = world.server.caught;
    expect(second?.raw.equals(first?.raw ?? Buffer.of())).toBe(true);
  });
});

test("an address with a line break is refused before anything is sent, and shown", async () => {
  await using world = await World.open();
  await world.tell({ recipients: ["a@example.org\r\nBcc: evil@example.org", "b@example.org"] });
  await world.notifier().ring();
  expect(world.server.caught.map(({ to }) => to)).toEqual(["b@example.org"]);
  expect((await world.mails()).find(({ status }) => status === "failed")).toMatchObject({
    raw: null,
    failure: "this is no e-mail address",
  });
});

describe("a notifier that is killed between recording and sending", () => {
  test("leaves mail of unknown fate, which the next one sends under the same Message-ID, never composed anew", async () => {
    await using world = await World.open();
    world.server.answer = () => ({ data: 451 });
    await world.tell({ forums: ["EC"] });
    await world.notifier().ring();
    await world.db.updateTable("mail").set({ status: "sending", next_attempt_at: null }).execute();
    await world.db.updateTable("notice").set({ status: "sending" }).execute();
    const [left] = await world.mails();
    world.server.answer = () => "take";
    await world.tell({ forums: ["EC"] });
    await world.notifier().ring();
    const again = world.server.caught.find(({ messageId }) => messageId === left?.message_id);
    expect(again?.raw.equals(left?.raw ?? Buffer.of())).toBe(true);
    expect(world.server.caught).toHaveLength(2);
    expect(await statuses(world)).toEqual({ mails: ["sent", "sent"], notices: ["sent", "sent"] });
  });

  test("is told apart from one that is still sending", async () => {
    await using world = await World.open();
    const slow = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    world.server.beforeTaking = () => {
      arrived.resolve();
      return slow.promise;
    };
    await world.tell({ forums: ["EC"] });
    const sending = world.notifier().ring();
    await arrived.promise;
    await world.notifier().ring();
    expect(await statuses(world)).toEqual({ mails: ["sending"], notices: ["sending"] });
    slow.resolve();
    await sending;
    expect(world.server.caught).toHaveLength(1);
  });
});

test("two notifiers at once send each person one mail", async () => {
  await using world = await World.open();
  const people = Array.from({ length: 300 }, (_, i) => `person-${i}@example.org`);
  await world.tell(...Array.from({ length: 5 }, () => ({ recipients: people })));
  const [one, other] = [world.notifier(), world.notifier()];
  await Promise.all([one.ring(), other.ring(), one.ring(), other.ring()]);
  await one.ring();
  expect(world.server.caught.map(({ to }) => to).toSorted()).toEqual(people.toSorted());
  expect(new Set((await world.notices()).map(({ status }) => status))).toEqual(new Set(["sent"]));
});
