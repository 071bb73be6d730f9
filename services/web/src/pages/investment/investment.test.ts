import { listInvestment, SEES_ALL } from "@signalbox/db";
import { afterAll, expect, test } from "vitest";
import { form, PEOPLE, testApp, tokenIn } from "../../testing.ts";

const { app, db, ids, key, signInAs, close } = await testApp();
afterAll(close);
const AT = "2024-06-20T09:00:00Z";
await db.insertInto("clock").values({ now: AT }).execute();
await db
  .updateTable("series_decision")
  .set({ thresholds: [null, null, await aLimit()] })
  .execute();

async function aLimit(): Promise<number> {
  const { id } = await db
    .insertInto("threshold")
    .values({
      since: 1,
      until: null,
      metric: "ae-4h",
      organisation: null,
      level: null,
      basis: "value",
      board: 80,
      slt: 75,
      from_period: 24_000,
      to_period: null,
      status: "approved",
      approved_on: null,
      minute: null,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** A plan of RA for the seeded case, accepted with what it asks for. */
async function accepted(asks: { cost?: number; help?: string }): Promise<number> {
  const { id: plan } = await db
    .insertInto("action_plan")
    .values({ organisation: "RA", state: "accepted", revision: 1, made_by: PEOPLE.owner, made_at: AT })
    .returning("id")
    .executeTakeFirstOrThrow();
  const effect = { metric: "ae-4h", organisation: "RA", by: 4, in: 24_296 };
  const action = { number: 1, what: "Open beds", owner: PEOPLE.owner, startsOn: null, dueOn: "2024-09-01", effect };
  const body = { what: "Too few beds", activity: "3,000 attendances", actions: [action], ...asks };
  const sent = { plan, revision: 1, body: JSON.stringify(body), sent_by: PEOPLE.owner, sent_at: AT };
  await db
    .insertInto("action_plan_revision")
    .values({ ...sent, decision: "accepted", decided_by: PEOPLE["slt-chair"], decided_at: AT, note: null })
    .execute();
  await db
    .insertInto("action_plan_case")
    .values({ plan, escalation: ids.escalation, added_by: PEOPLE.owner, added_at: AT, ended_at: null })
    .execute();
  return plan;
}

const plan = await accepted({ cost: 80_000, help: "" });
const helped = await accepted({ help: "A second consultant" });
await accepted({ help: "" });
const page = `/investment/${plan}`;
const get = async (url: string, who: Parameters<typeof signInAs>[0]) =>
  app.inject({ url, headers: { cookie: await signInAs(who) } });
async function decide(fields: Readonly<Record<string, string>>, who: Parameters<typeof signInAs>[0]) {
  const cookie = await signInAs(who);
  const read = await app.inject({ url: "/investment", headers: { cookie } });
  return app.inject(form(page, { ...fields, _csrf: tokenIn(read.body) }, cookie));
}

test("accepted plans that ask for money or help are listed with their breach, what asks for nothing is not", async () => {
  const asked = await listInvestment(db, { sight: SEES_ALL, now: Temporal.Instant.from(AT) });
  expect(asked.map((one) => one.plan)).toEqual([plan, helped]);
  expect(asked[0]).toMatchObject({
    cost: 80_000,
    activity: "3,000 attendances",
    cases: [{ length: 1, value: 71.5, past: { rag: "red", limit: "slt", by: 3.5, at: 75 } }],
  });
  const list = await get("/investment", "owner");
  expect(list.body).toContain("2 plans ask for £80,000 in all. 2 are still to decide.");
  expect(list.body).toMatch(/Red: 3\.5%? past the SLT limit of 75\.0%?/);
  expect((await get("/investment?forum=EC&as=json", "owner")).json()).toMatchObject({ items: [] });
  expect((await get("/investment?forum=UEC&as=csv", "chair")).body).toContain("A second consultant");
});

test("the chair of the forum that the case stands before writes down what was decided, and nobody else", async () => {
  for (const other of ["owner", "chair", "secretary", "operator"] as const)
    expect((await decide({ decision: "agreed" }, other)).statusCode, other).toBe(403);
  const wrong = await decide({ decision: "agreed-in-part", amount: "90000", note: "Half of it" }, "slt-chair");
  expect(wrong.statusCode).toBe(400);
  expect(wrong.body).toContain("a part of it is less");
  expect(wrong.body).toContain("Half of it</textarea>");
  expect((await decide({ decision: "agreed-in-part", amount: "£50,000" }, "slt-chair")).headers.location).toBe(page);
  await decide({ decision: "agreed-in-part", amount: "50000" }, "slt-chair");
  const told = await db.selectFrom("telling").selectAll().where("kind", "=", "follow-up").execute();
  expect(told).toMatchObject([
    {
      recipients: expect.arrayContaining([PEOPLE.owner]),
      detail: {
        headline: "What your plan asks for was agreed in part: £50,000",
        answerAt: page,
        except: [PEOPLE["slt-chair"]],
      },
    },
  ]);
  expect((await get("/investment?open=yes", "owner")).body).not.toContain(`href="${page}"`);
});

test("a later decision stands beside the one before it", async () => {
  await decide({ decision: "deferred", note: "Until the budget is set" }, "slt-chair");
  expect((await get(`${page}?as=json`, "owner")).json()).toMatchObject({
    items: [
      { decision: "deferred", note: "Until the budget is set" },
      { decision: "agreed-in-part", amount: 50_000 },
    ],
  });
  expect((await get("/investment?open=yes", "owner")).body).toContain(`href="${page}"`);
  const audit = await db.selectFrom("audit").select("action").where("action", "=", "investment-decided").execute();
  expect(audit).toHaveLength(2);
});

test("a key records a decision in the name of the chair, and sees no more than its organisation", async () => {
  const runs = `Bearer ${await key("SYS", "read", "operate")}`;
  const other = `Bearer ${await key("RB", "read", "operate")}`;
  const at = `/api/v1/action-plans/${helped}/investment`;
  const say = (authorization: string, payload: object) =>
    app.inject({ method: "POST", url: at, headers: { authorization }, payload });
  const agreed = { forum: "SLT", decision: "agreed", by: PEOPLE["slt-chair"] };
  expect((await say(runs, { ...agreed, by: PEOPLE.chair })).statusCode).toBe(403);
  expect((await say(other, agreed)).statusCode).toBe(404);
  // A provider's own key does not speak for the chair who decides of its money.
  expect((await say(`Bearer ${await key("RA", "operate")}`, agreed)).statusCode).toBe(403);
  const done = await say(runs, agreed);
  expect(done.json()).toMatchObject({
    cost: null,
    decisions: [{ forum: "SLT", decision: "agreed", amount: null, by: PEOPLE["slt-chair"] }],
  });
  const list = await app.inject({ url: "/api/v1/investment?open=true", headers: { authorization: runs } });
  expect(list.json()).toMatchObject({
    items: [{ plan: String(plan), effects: [{ by: 4, in: "2024-09" }] }],
    next: null,
  });
  expect((await app.inject({ url: "/api/v1/investment", headers: { authorization: other } })).json()).toEqual({
    items: [],
    next: null,
  });
});

test("the way to all that follows counts what its reader sees", async () => {
  const body = (await get("/follow-up", "owner")).body;
  expect(body).toContain('<a href="/investment">Investment</a>');
  expect(body).toContain("2 plans ask for money or help");
  expect(body).toContain("3 plans<");
});
