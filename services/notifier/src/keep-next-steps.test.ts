import { ask, isDoneBy } from "@signalbox/db";
import { expect, test } from "vitest";
import { World } from "./testing/world.ts";

const steps = async (world: World) =>
  (await world.db.selectFrom("request").selectAll().orderBy("id").execute()).map(
    ({ kind, recipients, due_on, stage, quiet }) =>
      `${kind} of ${recipients.join(" ")} by ${due_on}: ${stage}${quiet ? ", quiet" : ""}`,
  );

const meets = (world: World, forum: string, day: string) =>
  world.db
    .insertInto("meeting")
    .values({
      forum,
      starts_at: `${day}T10:00:00Z`,
      papers_due_at: `${day}T09:00:00Z`,
      by: "ec@example.org",
      at: "2026-11-01T09:00:00Z",
      cancelled_at: null,
    })
    .execute();

test("a case of which nothing is asked is looked at when its forum next meets, again and again, without a word", async () => {
  await using world = await World.open();
  const { escalation } = await world.aCase();
  await meets(world, "SLT", "2026-12-03");
  const notifier = world.notifier();
  await notifier.ring();
  await notifier.ring();
  expect(await steps(world)).toEqual(["review of slt@example.org by 2026-12-03: asked, quiet"]);
  await meets(world, "SLT", "2027-01-07");
  await world.put("2026-12-04T08:00:00Z");
  expect(await isDoneBy(world.db, Temporal.Instant.from("2026-12-04T08:00:00Z"))).toBe(false);
  await notifier.ring();
  // Without a meeting it is the next submission day: December's, the tenth working day of January.
  await world.put("2027-01-08T08:00:00Z");
  await notifier.ring();
  expect(await steps(world)).toEqual([
    "review of slt@example.org by 2026-12-03: withdrawn, quiet",
    "review of slt@example.org by 2027-01-07: withdrawn, quiet",
    "review of slt@example.org by 2027-01-15: asked, quiet",
  ]);
  await world.db.transaction().execute((trx) =>
    ask(
      trx,
      [
        {
          kind: "risk",
          key: "risk:1",
          escalation,
          series: null,
          organisation: "RA",
          period: 24_000,
          recipients: ["boss@example.org"],
          dueOn: "2027-01-29",
          nextAt: null,
          why: "",
          detail: { title: "A&E four-hour performance" },
        },
      ],
      Temporal.Instant.from("2027-01-08T08:00:00Z"),
    ),
  );
  await notifier.ring();
  expect((await steps(world)).slice(2)).toEqual([
    "review of slt@example.org by 2027-01-15: withdrawn, quiet",
    "risk of boss@example.org by 2027-01-29: asked",
  ]);
  expect(world.server.caught.map(({ to }) => to)).toEqual(["boss@example.org"]);
});

test("nothing is kept of a case that has ended, is not shown yet, or whose figures wait to be decided", async () => {
  await using world = await World.open();
  const { escalation } = await world.aCase();
  const notifier = world.notifier();
  const put = (values: { shown_at?: string; standing?: boolean }) =>
    world.db.updateTable("escalation").set(values).where("id", "=", escalation).execute();
  await put({ shown_at: "2026-11-30T08:00:00Z" });
  await notifier.ring();
  await world.put("2026-11-30T08:00:00Z");
  await world.db
    .insertInto("organisation_due")
    .values({ organisation: "RA", due_since: "2026-11-30T08:00:00Z", failure: null, failed_at: null })
    .execute();
  await notifier.ring();
  expect(await steps(world)).toEqual([]);
  await world.db.deleteFrom("organisation_due").execute();
  await notifier.ring();
  expect(await steps(world)).toHaveLength(1);
  await put({ standing: false });
  await notifier.ring();
  expect((await steps(world)).map((line) => line.split(": ")[1])).toEqual(["withdrawn, quiet"]);
});
