import type { PlanBody } from "@signalbox/domain";
import { sql, type Transaction } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { coverCase } from "../action-plans/cover-case.ts";
import { acceptPlan, sendPlanBack, withdrawPlan } from "../action-plans/decide-plan.ts";
import { sendPlan } from "../action-plans/send-plan.ts";
import { goOn, stopClocks } from "../disputes/stop-clocks.ts";
import { endRequests } from "../evaluation/write-tellings.ts";
import { seedEscalation, seedSeries } from "../testing-cases.ts";
import { testDatabase } from "../testing.ts";
import type { Database } from "../tables.ts";
import { MARCH_2024, seedCatalogue, seedSubmission } from "../testing-world.ts";
import { askAgain } from "./ask-again.ts";

const NOW = Temporal.Instant.from("2026-11-24T09:00:00Z");
const owner = { by: "owner@example.org", now: NOW };
const chair = { by: "chair@example.org", now: NOW };

let database: Awaited<ReturnType<typeof testDatabase>>;
let one: number;
let other: number;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

beforeEach(async () => {
  const { db } = database;
  await sql`truncate catalogue_version, series, submission, mail, dispute, telling, request, action_plan restart identity cascade`.execute(
    db,
  );
  const world = await seedCatalogue(db);
  const following = { accepted: 5, delivered: 5, embedded: 60, acknowledged: 2 };
  const body = {
    reminders: { workingDaysBefore: 2, workingDaysPerLevel: 5 },
    actionPlan: { slt: { dueWorkingDays: 10 }, board: { dueWorkingDays: 10 } },
    followThrough: { slt: following, board: following },
  };
  await db
    .updateTable("protocol")
    .set({ body: JSON.stringify(body) })
    .execute();
  const seat = { since: world.version, until: null, organisation: null, forum: "SLT" };
  await db
    .insertInto("person")
    .values([{ ...seat, email: "chair@example.org", name: "Chris", role: "chair" }])
    .execute();
  const submission = await seedSubmission(db, "RA", "a");
  const caseOf = async (organisation: string) => {
    const series = await seedSeries(db, { metric: "ae-4h", organisation, submission });
    return (await seedEscalation(db, world, { series, organisation, submission })).escalation;
  };
  [one, other] = [await caseOf("RA"), await caseOf("RB")];
});

const within = (work: (trx: Transaction<Database>) => Promise<void>) => database.db.transaction().execute(work);

/** What is open, as "kind of case: who is written to or quiet". */
const open = async () =>
  (
    await database.db
      .selectFrom("request")
      .selectAll()
      .where("ended_at", "is", null)
      .where("kind", "<>", "review")
      .orderBy("kind")
      .orderBy("escalation")
      .execute()
  ).map(({ kind, escalation, quiet, due_on }) => `${kind} of ${escalation} by ${due_on}${quiet ? ", quietly" : ""}`);

const letters = async () =>
  (
    await database.db
      .selectFrom("telling")
      .selectAll()
      .where("state", "=", "waiting")
      .where("kind", "in", ["request", "action-plan-request"])
      .orderBy("id")
      .execute()
  ).map(({ reason, escalation }) => `${reason} of ${escalation}`);

const written = (actions: readonly number[]): PlanBody => ({
  what: "Too few beds",
  why: "Staff left",
  actions: actions.map((number) => ({
    number,
    what: `Action ${number}`,
    owner: "doer@example.org",
    startsOn: null,
    dueOn: "2027-01-29",
    effect: null,
  })),
  path: [],
  risks: "",
  help: "",
  cost: null,
  activity: "",
});

async function draft(body: PlanBody, cases: readonly number[]): Promise<number> {
  const { rows } = await sql<{
    id: number;
  }>`insert into action_plan (organisation, state, draft, edition, made_by, made_at, drafted_by, drafted_at)
    values ('RA', 'draft', ${JSON.stringify(body)}::jsonb, 1, 'owner@example.org', ${NOW.toString()}, 'owner@example.org', ${NOW.toString()})
    returning id`.execute(database.db);
  const id = rows[0]?.id ?? 0;
  await sql`insert into action_plan_case (plan, escalation, reason, added_by, added_at)
    select ${id}, e, '', 'owner@example.org', ${NOW.toString()} from unnest(${[...cases]}::bigint[]) e`.execute(
    database.db,
  );
  return id;
}

async function revise(id: number, body: PlanBody): Promise<number> {
  const { rows } = await sql<{
    edition: number;
  }>`update action_plan set draft = ${JSON.stringify(body)}::jsonb, edition = edition + 1
    where id = ${id} returning edition`.execute(database.db);
  const sent = await sendPlan(database.db, { id, edition: rows[0]?.edition ?? 0 }, owner);
  return sent.kind === "sent" ? sent.revision : 0;
}

async function accepted(id: number, body: PlanBody): Promise<void> {
  const revision = await revise(id, body);
  expect(await acceptPlan(database.db, { id, revision, note: "" }, chair)).toEqual({ kind: "done" });
}

const endCase = async (id: number) => {
  await database.db.updateTable("escalation").set({ standing: false }).where("id", "=", id).execute();
  await within((trx) => endRequests(trx, [id], NOW));
};
const standAgain = async (id: number) => {
  await database.db.updateTable("escalation").set({ standing: true }).where("id", "=", id).execute();
  await within((trx) => askAgain(trx, [id], NOW));
};

test("of a plan that answers several cases the forum is still written to when the case of its letter ends", async () => {
  const id = await draft(written([1]), [one, other]);
  await revise(id, written([1]));
  expect(await open()).toEqual([
    `plan-decision of ${one} by 2026-12-01`,
    `plan-decision of ${other} by 2026-12-01, quietly`,
  ]);
  expect(await letters()).toEqual([`asked-plan-decision of ${one}`]);
  await endCase(one);
  expect(await open()).toEqual([`plan-decision of ${other} by 2026-12-01`]);
  expect(await letters()).toEqual([`asked-plan-decision of ${other}`]);
});

test("a case that stands again after a correction asks again for what had ended with it, once", async () => {
  await endCase(one);
  expect(await open()).toEqual([`action-plan of ${other} by 2024-05-07`]);
  await standAgain(one);
  await standAgain(one);
  expect(await open()).toEqual([`action-plan of ${one} by 2026-12-01`, `action-plan of ${other} by 2024-05-07`]);
  expect(await letters()).toEqual([`asked-action-plan of ${one}`]);
});

test("the actions of an accepted plan are asked again with a case that stands again, or with the next case it answers", async () => {
  const id = await draft(written([1]), [one]);
  await accepted(id, written([1]));
  const actions = async () => (await open()).filter((line) => line.startsWith("action of"));
  expect(await actions()).toEqual([`action of ${one} by 2027-01-29`]);
  await endCase(one);
  expect(await actions()).toEqual([]);
  await standAgain(one);
  expect(await actions()).toEqual([`action of ${one} by 2027-01-29`]);
  await endCase(one);
  await within((trx) => coverCase(trx, id, other, { reason: "The same cause", ...chair }));
  expect(await open()).toEqual([`action of ${other} by 2027-01-29`]);
});

test("an action that a revision left out and a later one takes up again is asked for again", async () => {
  const id = await draft(written([1, 2]), [one]);
  await accepted(id, written([1, 2]));
  await accepted(id, written([1]));
  expect((await open()).filter((line) => line.startsWith("action of"))).toHaveLength(1);
  await accepted(id, written([1, 2]));
  expect((await open()).filter((line) => line.startsWith("action of"))).toHaveLength(2);
});

test("a revision that was sent back and is withdrawn asks for no plan: what was accepted before stands", async () => {
  const id = await draft(written([1]), [one]);
  await accepted(id, written([1]));
  const revision = await revise(id, written([1, 2]));
  expect(await sendPlanBack(database.db, { id, revision, note: "Who pays?" }, chair)).toEqual({ kind: "done" });
  expect((await open()).filter((line) => line.startsWith(`action-plan of ${one}`))).toHaveLength(1);
  const { edition } = await database.db
    .selectFrom("action_plan")
    .select("edition")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  expect(await withdrawPlan(database.db, { id, edition, note: "Not now" }, owner)).toEqual({ kind: "done" });
  expect((await open()).filter((line) => line.startsWith(`action-plan of ${one}`))).toEqual([]);
});

test("a second figure that is disputed stops the clock for longer; the days of both are given back once", async () => {
  const { db } = database;
  const { series } = await db.selectFrom("escalation").select("series").where("id", "=", one).executeTakeFirstOrThrow();
  const dispute = (period: number, until: string) => ({
    series: series ?? 0,
    period,
    submission: 1,
    reason: "Counted twice",
    by: "owner@example.org",
    at: NOW.toString(),
    until_at: until,
    ended_at: null,
  });
  await db.updateTable("request").set({ due_on: "2026-12-08" }).execute();
  const clock = async () => (await open()).map((line) => line.split(" by ")[1])[0] ?? "";
  for (const [period, until] of [
    [MARCH_2024, "2026-11-26T12:00:00Z"],
    [MARCH_2024 + 1, "2026-12-01T12:00:00Z"],
  ] as const) {
    await db.insertInto("dispute").values(dispute(period, until)).execute();
    await within((trx) => stopClocks(trx, [series ?? 0], NOW));
  }
  // Five working days from Tuesday to the next: of the first dispute two, of the second three more.
  expect(await clock()).toBe("2026-12-15");
  await db.updateTable("dispute").set({ ended_at: NOW.toString() }).execute();
  await within((trx) => goOn(trx, [series ?? 0], { by: "owner@example.org", now: NOW }));
  expect(await clock()).toBe("2026-12-08");
});
