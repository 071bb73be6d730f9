import { replaceEvents } from "@signalbox/db";
import { expect, test } from "vitest";
import { World } from "./testing/world.ts";

/** A case of which its chair is being told while its decision is replaced; the mail server then puts the mail off. */
async function overtaken(world: World, answer: "take" | { readonly data: number }) {
  const { escalation } = await world.aCase();
  await world.tell({ escalation, recipients: ["chair@example.org"], period: 24_000, key: "digest:1" });
  let isReplaced = false;
  world.server.answer = () => answer;
  world.server.beforeTaking = async () => {
    if (isReplaced) return;
    isReplaced = true;
    await world.db.transaction().execute(async (trx) => {
      await replaceEvents(trx, {
        events: [],
        withdrawnCases: [escalation],
        now: Temporal.Instant.from("2026-11-24T09:00:00Z"),
      });
    });
    await world.tell({
      kind: "correction",
      reason: "withdrawn",
      escalation,
      recipients: ["chair@example.org"],
      key: "correction",
    });
  };
  const notifier = world.notifier();
  await notifier.ring();
  expect(isReplaced).toBe(true);
  world.server.answer = () => "take";
  await world.backOffPasses();
  await notifier.ring();
}

const said = async (world: World) => (await world.notices()).map(({ kind, status }) => `${kind} ${status}`);

test("what no longer held while it was on its way is not sent again once it was put off, nor put right", async () => {
  await using world = await World.open();
  await overtaken(world, { data: 451 });
  expect(world.server.caught).toEqual([]);
  expect((await said(world)).filter((one) => !one.endsWith(" superseded"))).toEqual([]);
  expect(await world.db.selectFrom("telling").select("state").distinct().execute()).toEqual([{ state: "dropped" }]);
});

test("what arrived although it no longer held is put right", async () => {
  await using world = await World.open();
  await overtaken(world, "take");
  expect(await said(world)).toEqual(["digest sent", "correction sent"]);
});
