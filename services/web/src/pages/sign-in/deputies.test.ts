import { listAudit, putTestTime } from "@signalbox/db";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { form, PEOPLE, testApp, tokenIn } from "../../testing.ts";

const { app, db, ids, key, signInAs, close } = await testApp();
await db
  .updateTable("request")
  .set({ recipients: [PEOPLE.owner] })
  .execute();
afterAll(close);
const put = (at: string) => putTestTime(db, Temporal.Instant.from(at));
const owner = await signInAs("owner");
const member = await signInAs("member");

beforeAll(() => put("2026-12-23T09:00:00Z"));
beforeEach(() => db.deleteFrom("deputy").execute());

const see = (url: string, cookie: string) => app.inject({ url, headers: { cookie } });
async function send(to: string, fields: Readonly<Record<string, string>>, cookie = owner) {
  const page = await see("/account", cookie);
  return app.inject(form(to, { ...fields, _csrf: tokenIn(page.body) }, cookie));
}
const days = { deputy: PEOPLE.member, from: "2026-12-24", to: "2027-01-03", reason: "" };
/** What the member sees whole, by their own account page. */
const seesAllOfRA = async () => (await see("/account", member)).body.includes("Kestrel Ward");

describe("a person who goes away", () => {
  test("names a deputy, who acts for them on those days and no other, from midnight to midnight in London", async () => {
    const named = await send("/account/deputies", days);
    expect([named.statusCode, named.headers.location]).toEqual([303, "/account?deputy=named"]);
    expect((await see("/account", owner)).body).toContain(PEOPLE.member);
    expect(await seesAllOfRA()).toBe(false);
    await put("2026-12-24T00:00:00Z");
    expect(await seesAllOfRA()).toBe(true);
    const home = (await see("/", member)).body;
    expect(home).toContain("You stand in for Olu Owner until 3 January 2027.");
    // What is asked of the one is asked of the other.
    expect(home).toContain("A&amp;E four-hour performance, Northwick Hospitals");
    expect(/id="asked"[^]*?<\/section>/.exec(home)?.[0]).toContain(`/escalations/${ids.escalation}`);
    expect((await see("/", owner)).body).toContain("Mel Member gets your messages, and may act for you.");
    await put("2027-01-03T23:59:59Z");
    expect(await seesAllOfRA()).toBe(true);
    await put("2027-01-04T00:00:00Z");
    expect(await seesAllOfRA()).toBe(false);
    expect((await see("/", owner)).body).toContain("Mel Member no longer stands in for you.");
    expect((await see("/", member)).body).toContain("You no longer stand in for Olu Owner.");
    await put("2026-12-23T09:00:00Z");
  });

  test("ends it early, at once, and nobody else can", async () => {
    await send("/account/deputies", { ...days, from: "2026-12-23" });
    expect(await seesAllOfRA()).toBe(true);
    const { id } = await db.selectFrom("deputy").select("id").executeTakeFirstOrThrow();
    expect((await send(`/account/deputies/${id}/end`, {}, member)).statusCode).toBe(404);
    expect((await send(`/account/deputies/${id}/end`, {})).statusCode).toBe(303);
    expect(await seesAllOfRA()).toBe(false);
    expect((await send(`/account/deputies/${id}/end`, {})).statusCode).toBe(404);
  });

  test.each<[string, Record<string, string>, string]>([
    ["nobody", { deputy: "" }, "Enter the e-mail address of who stands in for you"],
    ["themselves", { deputy: PEOPLE.owner }, "nobody stands in for themselves"],
    ["a stranger", { deputy: "stranger@example.org" }, "Nobody in the catalogue has this address"],
    ["no day", { from: "24/12/2026" }, "Enter the first day, like 2026-12-24"],
    ["a day that is none", { to: "2027-02-30" }, "Enter the last day, like 2027-01-03"],
    ["days the wrong way round", { to: "2026-12-23" }, "The last day must not be before the first"],
    ["a long story", { reason: "x".repeat(300) }, "Write at most 200 characters"],
  ])("who names %s is told what is wrong, and keeps what was typed", async (_, wrong, words) => {
    const page = await send("/account/deputies", { ...days, reason: "Leave", ...wrong });
    expect(page.statusCode).toBe(400);
    expect(page.body).toContain("There is a problem");
    expect(page.body.replaceAll("&#39;", "'")).toContain(words);
    expect(page.body).toContain(`value="${{ ...days, ...wrong }.deputy}"`);
    expect(page.body).toContain("<title>Error: Your account");
    expect(await db.selectFrom("deputy").select("id").execute()).toEqual([]);
  });

  test("is told who stands in already on one of those days", async () => {
    await send("/account/deputies", days);
    const page = await send("/account/deputies", {
      ...days,
      deputy: PEOPLE.analyst,
      from: "2027-01-03",
      to: "2027-01-09",
    });
    expect(page.body).toContain("Mel Member stands in already from 24 December 2026 to 3 January 2027.");
  });
});

test("a seat is lent, but not to decide with it what the deputy answers for", async () => {
  const analyst = await signInAs("analyst");
  const choose = `/escalations/${ids.escalation}/choice`;
  const may = async (cookie: string) => (await see(choose, cookie)).statusCode;
  expect([await may(owner), await may(analyst)]).toEqual([403, 403]);
  const away = { person: PEOPLE["slt-chair"], from_day: "2026-12-23", to_day: "2026-12-23", by: "test", reason: "" };
  const at = "2026-12-22T09:00:00Z";
  await db
    .insertInto("deputy")
    .values([
      { ...away, deputy: PEOPLE.owner, at },
      { ...away, deputy: PEOPLE.analyst, at },
    ])
    .execute();
  expect([await may(owner), await may(analyst)]).toEqual([403, 200]);
});

test("what a deputy does is kept with for whom", async () => {
  await send("/account/deputies", { ...days, from: "2026-12-23" });
  await send("/account/deputies", { ...days, deputy: PEOPLE.analyst }, member);
  const [entry] = await listAudit(db, { actor: PEOPLE.member, action: "deputy-named" }, { before: null, limit: 1 });
  expect(entry?.detail).toMatchObject({ standingInFor: PEOPLE.owner });
});

test("a key that operates on all names, lists and ends deputies; another does not", async () => {
  const call = async (scope: string, method: "GET" | "POST", url: string, payload?: object) =>
    app.inject({
      method,
      url: `/api/v1${url}`,
      headers: { authorization: `Bearer ${scope}` },
      ...(payload && { payload }),
    });
  const operating = await key("SYS", "operate");
  const body = { person: PEOPLE.owner, deputy: PEOPLE.member, from: "2026-12-24", to: "2027-01-03" };
  expect((await call(await key("RA", "operate"), "POST", "/deputies", body)).statusCode).toBe(403);
  const made = await call(operating, "POST", "/deputies", body);
  expect([made.statusCode, made.json()]).toEqual([
    201,
    { id: expect.any(String), ...body, reason: "", by: "key SYS operate", endedAt: null },
  ]);
  const { id } = made.json<{ id: string }>();
  expect((await call(operating, "POST", "/deputies", body)).statusCode).toBe(409);
  expect((await call(operating, "POST", "/deputies", { ...body, deputy: "x@example.org" })).statusCode).toBe(422);
  expect((await call(operating, "POST", "/deputies", { ...body, from: "soon" })).statusCode).toBe(400);
  expect((await call(operating, "GET", `/deputies?person=${PEOPLE.member}`)).json()).toMatchObject({
    items: [{ id }],
    next: null,
  });
  expect((await call(operating, "POST", `/deputies/${id}/end`)).json()).toMatchObject({
    id,
    endedAt: expect.any(String),
  });
  expect((await call(operating, "POST", `/deputies/${id}/end`)).statusCode).toBe(404);
});
