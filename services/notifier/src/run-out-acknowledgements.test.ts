import { acknowledgeEscalation, standingBefore } from "@signalbox/db";
import { expect, test } from "vitest";
import { TUESDAY, World } from "./testing/world.ts";

/** A case of RA that its chair acknowledged on Tuesday 24 November; five working days end with 1 December. */
async function acknowledged(world: World, by = "chair@example.org"): Promise<number> {
  await world.db
    .updateTable("protocol")
    .set({ body: JSON.stringify({ acknowledgement: { workingDays: 5 } }) })
    .execute();
  const { escalation } = await world.aCase();
  await acknowledgeEscalation(world.db, escalation, { actor: by, note: "Seen", now: TUESDAY });
  return escalation;
}

const overdue = (world: World) => world.server.caught.map((mail) => `${mail.header("X-Signalbox-Kind")} ${mail.to}`);
const states = (world: World) =>
  world.db.selectFrom("acknowledgement").select(["note", "ended_why", "next_at"]).orderBy("id").execute();

test("an acknowledgement that nothing follows runs out, and its executive is told once", async () => {
  await using world = await World.open();
  const escalation = await acknowledged(world);
  const notifier = world.notifier();
  await world.put("2026-12-02T07:59:59Z");
  await notifier.ring();
  expect(overdue(world)).toEqual([]);
  await world.put("2026-12-02T08:00:00Z");
  await notifier.ring();
  await notifier.ring();
  expect(overdue(world)).toEqual(["overdue boss@example.org"]);
  const [mail] = world.server.caught;
  expect(mail?.subject).toBe("Acknowledgement ran out: A&E four-hour performance, Northwick Hospitals");
  expect(mail?.text).toContain("acknowledged it on 24 November 2026, and nothing has followed by 1 December 2026");
  expect(await states(world)).toMatchObject([{ ended_why: "ran-out", next_at: null }]);
  const now = Temporal.Instant.from("2026-12-02T08:00:00Z");
  expect(await standingBefore(world.db, ["SLT"], now)).toMatchObject([{ id: escalation, ranOut: true }]);
});

test("a clock that stood for weeks, and several notifiers at once, make one mail", async () => {
  await using world = await World.open();
  await acknowledged(world);
  await world.put("2026-12-22T11:00:00Z");
  const notifiers = [world.notifier(), world.notifier(), world.notifier()];
  await Promise.all(notifiers.map(({ ring }) => ring()));
  await Promise.all(notifiers.map(({ ring }) => ring()));
  expect(overdue(world)).toEqual(["overdue boss@example.org"]);
});

test("a newer acknowledgement takes the old one's place and runs out by itself", async () => {
  await using world = await World.open();
  const escalation = await acknowledged(world);
  const again = { actor: "slt@example.org", note: "Looked again", now: Temporal.Instant.from("2026-12-01T16:00:00Z") };
  await Promise.all([1, 2].map(() => acknowledgeEscalation(world.db, escalation, again)));
  await world.put("2026-12-02T08:00:00Z");
  await world.notifier().ring();
  expect(overdue(world)).toEqual([]);
  expect(await states(world)).toMatchObject([
    { note: "Seen", ended_why: "replaced" },
    { note: "Looked again", ended_why: null },
  ]);
  await world.put("2026-12-09T08:00:00Z");
  await world.notifier().ring();
  expect(overdue(world)).toEqual(["overdue boss@example.org"]);
});

test("a case that ended, or whose plan has come, is left alone", async () => {
  await using world = await World.open();
  const escalation = await acknowledged(world);
  const asked = {
    kind: "action-plan",
    key: "plan",
    escalation,
    series: null,
    organisation: "RA",
    period: 24_000,
  } as const;
  await world.db
    .insertInto("request")
    .values({
      ...asked,
      recipients: [],
      asked_at: TUESDAY.toString(),
      due_on: "2026-12-20",
      stage: "answered",
      ended_at: "2026-11-30T10:00:00Z",
    })
    .execute();
  await world.put("2026-12-22T11:00:00Z");
  await world.notifier().ring();
  expect(overdue(world)).toEqual([]);
  expect(await states(world)).toMatchObject([{ ended_why: null, next_at: null }]);
});

test("without the protocol's key none runs out", async () => {
  await using world = await World.open();
  const { escalation } = await world.aCase();
  await acknowledgeEscalation(world.db, escalation, { actor: "chair@example.org", note: "Seen", now: TUESDAY });
  await world.put("2027-12-22T11:00:00Z");
  await world.notifier().ring();
  expect(overdue(world)).toEqual([]);
});
