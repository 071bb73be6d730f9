import { putTestTime } from "@signalbox/db";
import { afterAll, beforeEach, expect, test } from "vitest";
import { form, PEOPLE, testApp, tokenIn } from "../../testing.ts";

const { app, db, ids, key, signInAs, close } = await testApp();
afterAll(close);

const MONDAY = Temporal.Instant.from("2024-04-22T09:00:00Z");
const { escalation } = ids;
const page = `/escalations/${escalation}`;

beforeEach(async () => {
  await putTestTime(db, MONDAY);
  await db.deleteFrom("case_choice").execute();
  await db
    .deleteFrom("request")
    .where((is) => is.or([is("kind", "<>", "action-plan"), is("key", "like", "%:choice-%")]))
    .execute();
  await db.deleteFrom("telling").where("kind", "in", ["follow-up", "action-plan-request"]).execute();
  await db
    .updateTable("request")
    .set({ stage: "asked", ended_at: null, recipients: [PEOPLE.owner] })
    .execute();
});

async function chosen(cookie: string, fields: Readonly<Record<string, string>>) {
  const read = await app.inject({ url: page, headers: { cookie } });
  return app.inject(
    form(`${page}/choice`, { "choice-reason": "As agreed in March", ...fields, _csrf: tokenIn(read.body) }, cookie),
  );
}
const open = () =>
  db
    .selectFrom("request")
    .select(["kind", "due_on", "quiet", "recipients", "asked_by"])
    .where("ended_at", "is", null)
    .orderBy("id")
    .execute();
const told = () =>
  db
    .selectFrom("telling")
    .select(["kind", "recipients", "detail"])
    .where("key", "like", "case-choice:%")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
const chair = await signInAs("chair");

test("a chair accepts a case for now: its owner is told once that nothing is asked, and it comes back on that day", async () => {
  const answer = await chosen(chair, { choice: "accept-until", until: "3/6/2024" });
  expect([answer.statusCode, answer.headers.location]).toEqual([303, `${page}?did=chosen`]);
  expect(await open()).toEqual([
    { kind: "review", due_on: "2024-06-03", quiet: true, recipients: [PEOPLE["slt-chair"]], asked_by: PEOPLE.chair },
  ]);
  expect(await told()).toMatchObject({
    kind: "follow-up",
    recipients: [PEOPLE.owner],
    detail: {
      headline: "Accepted for now: nothing is asked until 3 June 2024",
      said: "As agreed in March",
      except: [PEOPLE.chair],
    },
  });
  const { body } = await app.inject({ url: page, headers: { cookie: chair } });
  expect(body).toContain(
    "<strong>Accepted for now, until 3 June 2024.</strong> Chosen by Chris Chair on 22 April 2024 at 10:00.",
  );
  expect(body).toContain("As agreed in March");
  const list = await app.inject({ url: "/escalations", headers: { cookie: chair } });
  expect(list.body).toContain("Accepted for now, until 3 June 2024");
});

test("a later choice takes the place of the one before, which stays to be read", async () => {
  await chosen(chair, { choice: "accept-until", until: "3/6/2024" });
  await chosen(await signInAs("secretary"), {
    choice: "ask-plan",
    dueOn: "2024-05-10",
    "choice-reason": "It got worse",
  });
  expect(await open()).toMatchObject([
    { kind: "action-plan", due_on: "2024-05-10", recipients: [PEOPLE.owner], asked_by: PEOPLE.secretary },
  ]);
  const kept = await db.selectFrom("case_choice").select(["choice", "by", "ended_at"]).orderBy("id").execute();
  expect(kept).toMatchObject([
    { choice: "accept-until", by: PEOPLE.chair },
    { choice: "ask-plan", by: PEOPLE.secretary, ended_at: null },
  ]);
  expect(kept[0]?.ended_at).not.toBeNull();
  const { body } = await app.inject({ url: page, headers: { cookie: chair } });
  expect(body).toContain("A plan was asked for, due 10 May 2024");
  expect(body).toContain("Chosen before (1)");
  expect(
    await db.selectFrom("telling").select("recipients").where("kind", "=", "action-plan-request").execute(),
  ).toEqual([{ recipients: [PEOPLE.owner] }]);
});

test("to wait a period is to wait for the next figure's day; a case that steps up meanwhile waits no longer", async () => {
  await chosen(chair, { choice: "wait" });
  // The tenth working day after the end of April, with a bank holiday between.
  expect(await open()).toMatchObject([{ kind: "review", due_on: "2024-05-15", quiet: true }]);
  expect((await app.inject({ url: page, headers: { cookie: chair } })).body).toContain(
    "Waiting for the next figure, until 15 May 2024",
  );
  const { evaluation } = await db
    .selectFrom("escalation_event")
    .select("evaluation")
    .limit(1)
    .executeTakeFirstOrThrow();
  const step = {
    escalation,
    period: 12 * 2024 + 3,
    event: "stepped-up" as const,
    tier: "slt" as const,
    reasons: "[]",
    evaluation,
  };
  await db
    .insertInto("escalation_event")
    .values({ ...step, at: MONDAY.add({ hours: 24 }).toString() })
    .execute();
  const { body } = await app.inject({ url: page, headers: { cookie: chair } });
  expect(body).not.toContain("<strong>Waiting for the next figure");
  expect(body).toContain("Chosen before (1)");
  await db.deleteFrom("escalation_event").where("event", "=", "stepped-up").execute();
});

test("a plan that was sent covers the case, and its plan is asked for no more", async () => {
  const { id: plan } = await db
    .insertInto("action_plan")
    .values({ organisation: "RA", state: "accepted", revision: 1, made_by: PEOPLE.owner, made_at: MONDAY.toString() })
    .returning("id")
    .executeTakeFirstOrThrow();
  const none = await chosen(chair, { choice: "covered-by", plan: String(plan) });
  // Its chair sees no case that the plan answers: there is no such plan for them.
  expect([none.statusCode, none.body]).toEqual([
    400,
    expect.stringContaining("Choose a plan that was sent or accepted"),
  ]);
  const { id: other } = await db
    .insertInto("escalation")
    .values({
      concern: "performance",
      series: ids.series,
      organisation: "RA",
      metric: "ae-4h",
      area: "UEC",
      frequency: "monthly",
      tier: "board",
      forum: "UEC",
      raised_in: 24_000,
      ended_in: 24_001,
      standing: false,
      previous: null,
      shown_at: MONDAY.toString(),
      raised_at: MONDAY.toString(),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("action_plan_case")
    .values({ plan, escalation: other, added_by: PEOPLE.owner, added_at: MONDAY.toString() })
    .execute();
  expect((await chosen(chair, { choice: "covered-by", plan: String(plan) })).statusCode).toBe(303);
  expect(await open()).toEqual([]);
  const covered = await db
    .selectFrom("action_plan_case")
    .select(["plan", "reason"])
    .where("escalation", "=", escalation)
    .where("ended_at", "is", null)
    .execute();
  expect(covered).toEqual([{ plan, reason: "As agreed in March" }]);
  expect(await told()).toMatchObject({
    detail: { headline: `Covered by action plan ${plan}: no plan of its own is asked for` },
  });
  await chosen(chair, { choice: "ask-plan" });
  expect(
    await db
      .selectFrom("action_plan_case")
      .select("plan")
      .where("escalation", "=", escalation)
      .where("ended_at", "is", null)
      .execute(),
  ).toEqual([]);
});

test("what is wrong is said at its field, and nothing typed is lost", async () => {
  const answer = await chosen(chair, { choice: "accept-until", until: "soon", "choice-reason": "" });
  expect(answer.statusCode).toBe(400);
  for (const words of [
    "Enter a day, such as 8/12/2026",
    "Say in a few words why",
    'value="soon"',
    'value="accept-until" aria-describedby="choice-accept-until-hint" checked',
    'href="#choice-until"',
  ])
    expect(answer.body).toContain(words);
  expect(await db.selectFrom("case_choice").select("id").execute()).toEqual([]);
});

test.each(["owner", "member", "observer", "analyst", "operator"] as const)("%s does not choose", async (who) => {
  const cookie = await signInAs(who);
  expect((await app.inject({ url: page, headers: { cookie } })).body).not.toContain("What is to follow?");
  const answer = await chosen(cookie, { choice: "wait" });
  expect(answer.statusCode).toBe(403);
  expect(await open()).toMatchObject([{ kind: "action-plan" }]);
});

test("by API a key of the whole system records what a named chair chose", async () => {
  const post = (bearer: string, body: object) =>
    app.inject({
      method: "POST",
      url: `/api/v1${page}/choice`,
      headers: { authorization: `Bearer ${bearer}` },
      payload: body,
    });
  const system = await key("SYS", "read", "operate");
  const given = { choice: "accept-until", until: "2024-06-03", reason: "As agreed", by: PEOPLE.chair };
  expect((await post(await key("RA", "operate"), given)).statusCode).toBe(403);
  expect((await post(system, { ...given, by: PEOPLE.owner })).statusCode).toBe(403);
  expect((await post(system, { ...given, until: "2024-04-01" })).statusCode).toBe(422);
  const answer = await post(system, given);
  expect(answer.json()).toEqual({ escalation: String(escalation), ...given, plan: null, dueOn: null });
  expect(await db.selectFrom("case_choice").select(["choice", "by"]).execute()).toEqual([
    { choice: "accept-until", by: PEOPLE.chair },
  ]);
});
