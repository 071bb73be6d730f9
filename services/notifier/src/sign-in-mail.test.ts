import { actOnFailedWork, mailSignInLink, newSignInToken } from "@signalbox/db";
import { composeSignIn } from "@signalbox/mail";
import { expect, test } from "vitest";
import { World } from "./testing/world.ts";

test("a link to sign in leaves when the bell rings, though it has no notice; one held waits", async () => {
  await using world = await World.open();
  const sending = world.notifier();
  const now = Temporal.Now.instant();
  const ask = async (held: boolean) => {
    const token = newSignInToken();
    const written = await composeSignIn({
      baseUrl: "https://signalbox.example.org",
      sender: "Signalbox <signalbox@example.org>",
      wouldGoTo: null,
      url: `https://signalbox.example.org/sign-in/${token}`,
      minutes: 15,
      to: "boss@example.org",
      date: now,
    });
    return mailSignInLink(
      world.db,
      token,
      { recipient: "boss@example.org", sentTo: "boss@example.org", held, ...written },
      now,
    );
  };
  expect(await ask(false)).toBe(true);
  expect(await ask(true)).toBe(true);
  await sending.ring();
  expect((await world.mails()).map(({ kind, status }) => [kind, status])).toEqual([
    ["sign-in", "sent"],
    ["sign-in", "held"],
  ]);
  expect(world.server.caught).toHaveLength(1);

  // An operator has one tried again that failed.
  const [{ id } = { id: 0 }] = await world.mails();
  await world.db
    .updateTable("mail")
    .set({ status: "failed", attempted_at: now.toString() })
    .where("id", "=", id)
    .execute();
  await actOnFailedWork(world.db, { work: "mail", id: String(id), act: "retry" }, { actor: "operator", now });
  await sending.ring();
  expect(world.server.caught).toHaveLength(2);
});
