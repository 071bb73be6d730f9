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

test("what nobody confirmed and links that no longer work are erased, and the link in a mail with them", async () => {
  await using world = await World.open();
  const { parts } = world.notifier();
  const { db } = world;
  const file = { made_by: "sam@example.org", organisation: "RA", media_type: "text/csv", bytes: Buffer.from("x") };
  const old = { made_at: "2024-01-01T00:00:00Z", expires_at: "2024-01-02T00:00:00Z" };
  const young = { made_at: "2024-01-01T00:00:00Z", expires_at: "2124-01-02T00:00:00Z" };
  await db
    .insertInto("upload_draft")
    .values([
      { ...file, ...old },
      { ...file, ...young },
    ])
    .execute();
  await db
    .insertInto("sign_in_link")
    .values([
      { hash: "old", role: "person", person: "sam@example.org", ...old },
      { hash: "young", role: "person", person: "sam@example.org", ...young },
    ])
    .execute();
  const link = {
    kind: "sign-in",
    recipient: "sam@example.org",
    sent_to: "sam@example.org",
    subject: "Sign in",
  } as const;
  await db
    .insertInto("mail")
    .values({ ...link, message_id: "<1@example.org>", raw: Buffer.from("token"), status: "sent", made_at: old.made_at })
    .execute();
  await erasingDaily()(parts, Temporal.Instant.from("2024-01-03T00:00:00Z"));
  expect(await db.selectFrom("upload_draft").select("expires_at").execute()).toHaveLength(1);
  expect(await db.selectFrom("sign_in_link").select("hash").execute()).toEqual([{ hash: "young" }]);
  expect((await world.mails()).map(({ raw }) => raw)).toEqual([null]);
});
