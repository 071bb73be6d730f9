import { expect, test } from "vitest";
import { World } from "./testing/world.ts";

async function ask(world: World, recipients: readonly string[], organisation = "RA"): Promise<void> {
  await world.db
    .updateTable("protocol")
    .set({ body: JSON.stringify({ reminders: { workingDaysBefore: 2, workingDaysPerLevel: 5 } }) })
    .execute();
  const { id: series } = await world.db
    .insertInto("series")
    .values({ metric: "ae-4h", organisation })
    .returning("id")
    .executeTakeFirstOrThrow();
  const detail = {
    title: "A&E four-hour performance",
    organisation: "Northwick Hospitals",
    value: "74.6%",
    dueOn: "2026-12-08",
    seenBy: "2026-11-26",
  };
  await world.tell({ kind: "commentary-request", reason: "asked", recipients, series, period: 24_000, detail });
  await world.db
    .insertInto("request")
    .values({
      kind: "commentary",
      key: `commentary:${series}`,
      escalation: null,
      series,
      organisation,
      period: 24_000,
      recipients,
      asked_at: "2026-11-24T09:00:00Z",
      due_on: "2026-12-08",
      next_at: "2026-12-04T08:00:00Z",
    })
    .execute();
}

test("who was asked is reminded, then told that it is overdue, then the executives are told", async () => {
  await using world = await World.open();
  await ask(world, ["author@example.org"]);
  const notifier = world.notifier();
  for (const moment of [
    "2026-11-24T09:00:00Z",
    "2026-12-04T08:00:00Z",
    "2026-12-09T08:00:00Z",
    "2026-12-16T08:00:00Z",
    "2027-02-01T08:00:00Z",
  ]) {
    await world.put(moment);
    await notifier.ring();
  }
  expect(world.server.caught.map((mail) => [mail.header("X-Signalbox-Kind"), mail.to])).toEqual([
    ["commentary-request", "author@example.org"],
    ["reminder", "author@example.org"],
    ["overdue", "author@example.org"],
    ["overdue", "boss@example.org"],
  ]);
  const [, reminder, overdue] = world.server.caught;
  expect(reminder?.subject).toBe(
    "Reminder: commentary due 8 December 2026: A&E four-hour performance, Northwick Hospitals",
  );
  expect(overdue?.text).toContain("Value: 74.6%");
  // By when they were to say that they have seen it is said once, and chased by itself.
  expect(world.server.caught.map(({ text }) => text.includes("Say you have seen it by"))).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test("a clock stopped for weeks sends each person one message", async () => {
  await using world = await World.open();
  await ask(world, ["author@example.org"]);
  const notifier = world.notifier();
  await notifier.ring();
  await world.put("2026-12-22T11:00:00Z");
  await notifier.ring();
  expect(
    world.server.caught
      .slice(1)
      .map((mail) => `${mail.header("X-Signalbox-Kind")} ${mail.to}`)
      .toSorted((a, b) => a.localeCompare(b)),
  ).toEqual(["overdue author@example.org", "overdue boss@example.org"]);
});

test("an organisation without executives is answered for by those above it", async () => {
  await using world = await World.open();
  await ask(world, ["author@example.org"], "RB");
  await world.put("2026-12-16T08:00:00Z");
  await world.notifier().ring();
  expect(world.server.caught.map(({ to }) => to)).toContain("top@example.org");
});

test("what was answered is not chased", async () => {
  await using world = await World.open();
  await ask(world, ["author@example.org"]);
  const notifier = world.notifier();
  await notifier.ring();
  await world.db.updateTable("request").set({ stage: "answered", ended_at: "2026-11-25T09:00:00Z" }).execute();
  await world.put("2026-12-22T11:00:00Z");
  await notifier.ring();
  expect(world.server.caught).toHaveLength(1);
});

test("a case followed through is said on the day, and goes onto the agenda and into the summary without a letter", async () => {
  await using world = await World.open();
  await ask(world, ["boss@example.org"]);
  await world.db
    .updateTable("protocol")
    .set({ body: JSON.stringify({ reminders: { workingDaysBefore: 2, workingDaysPerLevel: 5 }, followThrough: {} }) })
    .execute();
  const notifier = world.notifier();
  const stages: string[] = [];
  await notifier.ring();
  for (const day of ["2026-12-04", "2026-12-08", "2026-12-09", "2026-12-16", "2026-12-23", "2027-01-04"]) {
    await world.put(`${day}T08:00:00Z`);
    await notifier.ring();
    const { stage } = await world.db.selectFrom("request").select("stage").executeTakeFirstOrThrow();
    stages.push(stage);
  }
  expect(stages).toEqual(["reminded", "due", "overdue", "raised-a-level", "on-agenda", "in-summary"]);
  // The executive was asked already: it goes to the one above.
  expect(world.server.caught.slice(1).map((mail) => `${mail.header("X-Signalbox-Kind")} ${mail.to}`)).toEqual([
    "reminder boss@example.org",
    "reminder boss@example.org",
    "overdue boss@example.org",
    "overdue top@example.org",
  ]);
  expect(world.server.caught[2]?.subject).toBe("Due today: commentary: A&E four-hour performance, Northwick Hospitals");
});
