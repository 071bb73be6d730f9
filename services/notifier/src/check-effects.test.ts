import { clockRanThrough, endRequests, planAccepted, rateAction, isDoneBy, nextDueMoment } from "@signalbox/db";
import { expect, test } from "vitest";
import { TUESDAY, World } from "./testing/world.ts";

const month = (year: number, number: number) => 12 * year + number - 1;
const FIRST = month(2024, 12);
const PROTOCOL = {
  reminders: { workingDaysBefore: 2, workingDaysPerLevel: 5 },
  followThrough: { slt: { embedded: 40 }, board: { embedded: 40 } },
  actionPlan: { slt: { dueWorkingDays: 10 } },
};

/** What was decided of the series from December 2024 on: its usual ups and downs, and then what is given. */
async function figures(world: World, series: number, usual: number, then: readonly number[] = []): Promise<void> {
  const vals = [...Array.from({ length: usual }, (_, at) => 70 + (at % 3)), ...then];
  const each = <T>(one: T) => vals.map(() => one);
  const row = {
    series,
    first_period: FIRST,
    vals,
    numerators: each(null),
    denominators: each(null),
    plans: each(null),
    rag: "r".repeat(vals.length),
    tiers: "s".repeat(vals.length),
    provisional: "0".repeat(vals.length),
    watch: "0".repeat(vals.length),
    partial: "0".repeat(vals.length),
    restated: "0".repeat(vals.length),
    deteriorating: each(0),
    silent: each(0),
    reasons: each(18),
    thresholds: each(null),
    submissions: each(null),
    evaluations: each(1),
    tier: "slt",
    digest: `${vals.length} ${vals.join(" ")}`,
  };
  await world.db.deleteFrom("series_decision").where("series", "=", series).execute();
  await world.db.insertInto("series_decision").values(row).execute();
}

/** An accepted plan for a case of RA, with two actions, that promises its effect by February 2027. */
async function acceptedPlan(world: World) {
  const { db } = world;
  await db
    .updateTable("protocol")
    .set({ body: JSON.stringify(PROTOCOL) })
    .execute();
  const { escalation } = await world.aCase();
  const { id: series } = await db.selectFrom("series").select("id").executeTakeFirstOrThrow();
  await figures(world, series, 24);
  const at = TUESDAY.toString();
  const { id: plan } = await db
    .insertInto("action_plan")
    .values({
      organisation: "RA",
      state: "accepted",
      revision: 1,
      draft: null,
      made_by: "owner@example.org",
      made_at: at,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("action_plan_revision")
    .values({
      plan,
      revision: 1,
      body: "{}",
      sent_by: "owner@example.org",
      sent_at: at,
      decision: "accepted",
      decided_by: "slt@example.org",
      decided_at: at,
      note: null,
    })
    .execute();
  await db
    .insertInto("action_plan_case")
    .values({ plan, escalation, added_by: "owner@example.org", added_at: at, ended_at: null })
    .execute();
  const action = { plan, starts_on: null, effect_by: 6, effect_in: month(2027, 2), added_in: 1, dropped_in: null };
  const actions = await db
    .insertInto("action")
    .values([
      {
        ...action,
        number: 1,
        what: "Open the ward",
        owner: "ward@example.org",
        due_on: "2026-12-10",
        effect_series: series,
      },
      { ...action, number: 2, what: "Hire two", owner: "slt@example.org", due_on: "2026-12-31", effect_series: series },
    ])
    .returning("id")
    .execute();
  const accept = () =>
    db.transaction().execute((trx) => planAccepted(trx, { plan, revision: 1, by: "slt@example.org", now: TUESDAY }));
  return { escalation, series, plan, actions: actions.map(({ id }) => id), accept };
}

const mails = (world: World) =>
  world.server.caught
    .splice(0)
    .map((mail) => `${mail.to}: ${mail.subject}`)
    .toSorted();

const asked = (world: World) =>
  world.db.selectFrom("request").select(["kind", "stage", "due_on"]).orderBy("id").execute();

/** Says on a day that actions are done, and lets the notifier ring at a moment. */
async function done(world: World, actions: readonly number[], doneOn: string): Promise<void> {
  const sent = { rating: "complete", reason: "", explanation: "", mitigation: "" } as const;
  const now = Temporal.Instant.from(`${doneOn}T12:00:00Z`);
  await world.put(now.toString());
  for (const id of actions) {
    const what = { id, aspect: "delivery", sent: { ...sent, doneOn: Temporal.PlainDate.from(doneOn) } } as const;
    expect((await rateAction(world.db, what, { by: "ward@example.org", now })).kind).toBe("done");
  }
}

test("an accepted plan asks the owners of its actions, once, and whoever accepted it is not told of their own", async () => {
  await using world = await World.open();
  const { accept, actions } = await acceptedPlan(world);
  await accept();
  await accept();
  await world.notifier().ring();
  expect(mails(world)).toEqual([
    "ward@example.org: Action for you: Open the ward, Northwick Hospitals, due 10 December 2026",
  ]);
  await world.db
    .updateTable("action")
    .set({ due_on: "2026-12-18" })
    .where("id", "=", actions[0] ?? 0)
    .execute();
  await world.db
    .updateTable("action")
    .set({ dropped_in: 2 })
    .where("id", "=", actions[1] ?? 0)
    .execute();
  await accept();
  expect(await asked(world)).toMatchObject([
    { kind: "action", stage: "asked", due_on: "2026-12-18" },
    { kind: "action", stage: "withdrawn" },
  ]);
  await world.db
    .updateTable("action")
    .set({ owner: "next@example.org" })
    .where("id", "=", actions[0] ?? 0)
    .execute();
  await accept();
  expect((await asked(world)).map(({ stage }) => stage)).toEqual(["withdrawn", "withdrawn", "asked"]);
});

test("a figure that has not moved by the promised month is challenged once, and no more once it is restated", async () => {
  await using world = await World.open();
  const { accept, actions, series, escalation } = await acceptedPlan(world);
  await accept();
  await done(world, actions, "2026-12-30");
  // What is chased meanwhile is told elsewhere.
  await world.db.updateTable("request").set({ next_at: null }).execute();
  const notifier = world.notifier();
  await notifier.ring();
  expect(mails(world)).toContainEqual(
    "owner@example.org: Say what has become normal practice: A&E four-hour performance, Northwick Hospitals, due 25 February 2027",
  );
  // 12 March is the tenth working day after February: the figures are owed until midnight, and people work on Monday.
  const monday = "2027-03-15T08:00:00Z";
  expect((await nextDueMoment(world.db, Temporal.Instant.from("2027-01-05T09:00:00Z")))?.toString()).toBe(monday);
  await figures(world, series, 27);
  await world.put("2027-03-15T07:59:59Z");
  await notifier.ring();
  expect(mails(world)).toEqual([]);
  await world.put(monday);
  await clockRanThrough(world.db, Temporal.Instant.from(monday));
  expect(await isDoneBy(world.db, Temporal.Instant.from(monday))).toBe(false);
  await notifier.ring();
  await notifier.ring();
  const what = "A&E four-hour performance, Northwick Hospitals";
  expect(mails(world)).toEqual([
    "chair@example.org: 1 challenged: Urgent and Emergency Care, October 2026",
    `owner@example.org: The actions are done and the figure has not moved: ${what}, due 31 March 2027`,
    `slt@example.org: The actions are done and the figure has not moved: ${what}, due 31 March 2027`,
  ]);
  expect(await isDoneBy(world.db, Temporal.Instant.from(monday))).toBe(true);
  const [check] = await world.db.selectFrom("effect_check").selectAll().execute();
  expect(check).toMatchObject({
    escalation,
    outcome: "not-moved",
    said: "2 months since delivery, no special cause of improvement",
    next_at: null,
  });

  await figures(world, series, 25, [95, 95]);
  await world.put("2027-03-17T12:00:00Z");
  await notifier.ring();
  await notifier.ring();
  expect(mails(world)).toEqual(
    ["chair", "owner", "slt"].map((who) => `${who}@example.org: The figure has moved: no answer is needed: ${what}`),
  );
  const open = await world.db
    .selectFrom("request")
    .select("id")
    .where("kind", "=", "challenge")
    .where("ended_at", "is", null)
    .execute();
  expect(open).toEqual([]);
});

test("an action that serves two cases goes on with the other when one of them ends", async () => {
  await using world = await World.open();
  const { accept, escalation, plan } = await acceptedPlan(world);
  const row = await world.db.selectFrom("escalation").selectAll().executeTakeFirstOrThrow();
  const { id: _id, ...same } = row;
  const at = TUESDAY.toString();
  const again = { ...same, concern: "several-areas" as const, series: null, shown_at: at, raised_at: at };
  const other = await world.db.insertInto("escalation").values(again).returning("id").executeTakeFirstOrThrow();
  const answers = { plan, escalation: other.id, added_by: "owner@example.org", added_at: at, ended_at: null };
  await world.db.insertInto("action_plan_case").values(answers).execute();
  await accept();
  const end = (ended: number) => world.db.transaction().execute((trx) => endRequests(trx, [ended], TUESDAY));
  const open = () => world.db.selectFrom("request").select("escalation").where("ended_at", "is", null).execute();
  expect(new Set((await open()).map((request) => request.escalation))).toEqual(new Set([escalation]));
  await end(escalation);
  expect(await open()).toEqual([{ escalation: other.id }, { escalation: other.id }]);
  await world.db.updateTable("escalation").set({ standing: false }).where("id", "=", escalation).execute();
  await end(other.id);
  expect(await open()).toEqual([]);
});

test("what is taken back as not done is asked for again, and nothing is judged", async () => {
  await using world = await World.open();
  const { accept, actions } = await acceptedPlan(world);
  await accept();
  await done(world, actions, "2026-12-30");
  const [first = 0] = actions;
  const sent = { rating: "off-track", reason: "", explanation: "", mitigation: "", doneOn: null } as const;
  const now = Temporal.Instant.from("2027-01-04T12:00:00Z");
  const back = { id: first, aspect: "delivery", sent } as const;
  expect(await rateAction(world.db, back, { by: "slt@example.org", now })).toMatchObject({ kind: "done" });
  expect((await asked(world)).filter(({ stage }) => stage === "asked")).toMatchObject([{ kind: "action" }]);
  const checks = await world.db.selectFrom("effect_check").select("next_at").execute();
  expect(checks).toEqual([{ next_at: null }]);
  expect(await rateAction(world.db, { ...back, id: 2 ** 40 }, { by: "slt@example.org", now })).toEqual({
    kind: "gone",
  });
});

test("a figure that is better than its case stands, and waits to step down, is not challenged", async () => {
  await using world = await World.open();
  const { accept, actions, series, escalation } = await acceptedPlan(world);
  await accept();
  await done(world, actions, "2026-12-30");
  await figures(world, series, 27);
  const at = "2027-03-12T12:00:00Z";
  const by = { at, protocol: 1, catalogue_version: 1, cause: "series" };
  const { id } = await world.db.insertInto("evaluation").values(by).returning("id").executeTakeFirstOrThrow();
  const held = { escalation, period: month(2027, 2), event: "held", tier: "slt", at, evaluation: id } as const;
  await world.db
    .insertInto("escalation_event")
    .values({ ...held, replaced_at: null })
    .execute();
  await world.put("2027-03-15T08:00:00Z");
  await world.notifier().ring();
  expect((await asked(world)).filter(({ kind }) => kind === "challenge")).toEqual([]);
  expect(await world.db.selectFrom("effect_check").select("outcome").execute()).toEqual([{ outcome: "moved" }]);
});
