import { describe, expect, test } from "vitest";
import { World } from "./testing/world.ts";

describe("who is told", () => {
  test("a person on two forums gets one mail, whatever they sit on, and an observer none", async () => {
    await using world = await World.open();
    await world.tell({ forums: ["UEC"] }, { forums: ["SLT", "UEC"], recipients: ["CHAIR@example.org"] });
    await world.notifier().ring();
    const { caught } = world.server;
    expect(caught.map(({ to }) => to).toSorted()).toEqual(["chair@example.org", "slt@example.org"]);
    const chair = caught.find(({ to }) => to === "chair@example.org");
    expect(chair?.header("X-Signalbox-Kind")).toBe("digest");
    expect(chair?.header("X-Signalbox-Notices")?.split(", ")).toHaveLength(2);
    expect(chair?.header("Auto-Submitted")).toBe("auto-generated");
    expect(chair?.text).toContain("you chair the Urgent and Emergency Care Board");
    expect(chair?.text).toContain("you are a member of the System Leadership Team");
  });

  test("the kept bytes are those the server took, and every notice is sent", async () => {
    await using world = await World.open();
    await world.tell({ forums: ["EC"] });
    await world.notifier().ring();
    const [mail] = await world.mails();
    expect(mail).toMatchObject({ status: "sent", recipient: "ec@example.org", attempts: 1 });
    expect(mail?.raw?.toString("latin1")).toBe(world.server.caught[0]?.raw.toString("latin1"));
    expect(mail?.message_id).toBe(world.server.caught[0]?.messageId);
    expect(await world.notices()).toMatchObject([{ status: "sent", mail: mail?.id }]);
  });

  test("with nobody found the operators are told, and the mail says so", async () => {
    await using world = await World.open();
    await world.tell({ kind: "action-plan-request", reason: "asked" });
    await world.notifier().ring();
    expect(world.server.caught.map(({ to }) => to)).toEqual(["operator@example.org"]);
    expect(world.server.caught[0]?.text).toContain("you are an operator, and nobody else is named for it");
  });

  test("who is told otherwise is left out", async () => {
    await using world = await World.open();
    await world.tell({ forums: ["SLT"], detail: { title: "A figure", except: ["Chair@example.org"] } });
    await world.notifier().ring();
    expect(world.server.caught.map(({ to }) => to)).toEqual(["slt@example.org"]);
  });

  test("nothing is told twice, however often the bell rings", async () => {
    await using world = await World.open();
    await world.tell({ forums: ["EC"] });
    const notifier = world.notifier();
    await Promise.all([notifier.ring(), notifier.ring(), notifier.ring()]);
    await notifier.ring();
    expect(world.server.caught).toHaveLength(1);
  });

  test("before the test clock is first put nothing falls due", async () => {
    await using world = await World.open();
    await world.db.deleteFrom("clock").execute();
    await world.tell({ forums: ["EC"] });
    await world.notifier().ring();
    expect(await world.notices()).toEqual([]);
  });
});

describe("when it leaves", () => {
  test("nothing leaves before it is due", async () => {
    await using world = await World.open();
    await world.tell({ forums: ["EC"], tellAt: Temporal.Instant.from("2026-11-25T08:30:00Z") });
    const notifier = world.notifier();
    await notifier.ring();
    expect(await world.notices()).toEqual([]);
    await world.put("2026-11-25T08:30:00Z");
    await notifier.ring();
    expect(world.server.caught).toHaveLength(1);
  });

  test("one digest a day at a time of day: what comes later leaves on the next working day", async () => {
    await using world = await World.open();
    const notifier = world.notifier();
    await world.put("2026-11-27T08:30:00Z");
    await world.tell({ forums: ["EC"], digest: "08:30" });
    await notifier.ring();
    await world.put("2026-11-27T11:00:00Z");
    await world.tell({ forums: ["EC"], digest: "08:30" });
    await notifier.ring();
    await world.put("2026-11-28T09:00:00Z");
    await notifier.ring();
    expect(world.server.caught).toHaveLength(1);
    expect(await world.notices()).toHaveLength(1);
    await world.put("2026-11-30T08:30:00Z");
    await notifier.ring();
    expect(world.server.caught).toHaveLength(2);
    expect(world.server.caught[1]?.text).toContain("you are secretary of the Elective Care Board");
  });

  test("what is told at once does not wait for the day's digest, and does not use it up", async () => {
    await using world = await World.open();
    const notifier = world.notifier();
    await world.tell({ forums: ["EC"], digest: null });
    await notifier.ring();
    await world.tell({ forums: ["EC"], digest: "08:30" });
    await notifier.ring();
    await world.tell({ forums: ["EC"], digest: null });
    await notifier.ring();
    expect(world.server.caught).toHaveLength(3);
  });

  test("no leader reads of a case before its owner does, with two notifiers and a server that was away", async () => {
    await using world = await World.open();
    const { escalation } = await world.aCase();
    await world.server.stop();
    await world.tell(
      { forums: ["UEC", "SLT"], escalation },
      { kind: "action-plan-request", reason: "asked", recipients: ["zoe@example.org"], escalation },
    );
    const [one, other] = [world.notifier(), world.notifier()];
    await one.ring();
    await world.server.start();
    await Promise.all([one.ring(), other.ring()]);
    expect(world.server.caught).toHaveLength(0);
    await world.backOffPasses();
    await Promise.all([one.ring(), other.ring()]);
    await other.ring();
    expect(world.server.caught.map(({ to }) => to)).toHaveLength(3);
    expect(world.server.caught[0]?.to).toBe("zoe@example.org");
  });

  test("a superseded notice is not sent", async () => {
    await using world = await World.open();
    await world.tell({ forums: ["EC"] }, { forums: ["EC"] });
    await world.server.stop();
    const notifier = world.notifier();
    await notifier.ring();
    const [first] = await world.notices();
    await world.db
      .updateTable("notice")
      .set({ status: "superseded" })
      .where("id", "=", first?.id ?? 0)
      .execute();
    await world.server.start();
    await world.backOffPasses();
    await notifier.ring();
    expect(world.server.caught.map((mail) => mail.header("X-Signalbox-Notices"))).toEqual([
      String((first?.id ?? 0) + 1),
    ]);
    expect((await world.mails()).map(({ status, attempts }) => ({ status, attempts }))).toEqual([
      { status: "sent", attempts: 2 },
    ]);
  });
});

test("a mail put off of which nothing holds any more goes", async () => {
  await using world = await World.open();
  await world.tell({ forums: ["EC"] });
  await world.server.stop();
  const notifier = world.notifier();
  await notifier.ring();
  await world.db.updateTable("notice").set({ status: "superseded" }).execute();
  await notifier.ring();
  expect(await world.mails()).toEqual([]);
});
