import { makeSignInLink } from "@signalbox/db";
import { afterAll, describe, expect, test } from "vitest";
import { form, testApp, tokenIn } from "../testing.ts";

const { app, db, ids, key, queues, signIn, close } = await testApp();
afterAll(close);
const cookie = await signIn();
const page = (url: string) => app.inject({ url, headers: { cookie } });
/** Sends a page's form with the token that the page carries. */
const send = async (from: string, to: string, fields = {}) =>
  app.inject(form(to, { ...fields, _csrf: tokenIn((await page(from)).body) }, cookie));
const audited = async () =>
  (await db.selectFrom("audit").select("action").orderBy("id").execute()).map(({ action }) => action);

describe("signing in", () => {
  test("a link is not used up by looking at it, signs in once, and says so the second time", async () => {
    const path = `/sign-in/${await makeSignInLink(db, Temporal.Now.instant())}`;
    await app.inject(path);
    const look = await app.inject(path);
    expect(look.body).toContain("This link signs you in");
    const own = look.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");
    const fields = { _csrf: tokenIn(look.body) };
    const first = await app.inject(form(path, fields, own));
    expect([first.statusCode, first.headers.location]).toEqual([303, "/operations"]);
    expect(first.cookies[0]).toMatchObject({ name: "signalbox_session", httpOnly: true, sameSite: "Lax" });
    expect(first.cookies[0]?.value).not.toBe(look.cookies[0]?.value);
    expect((await app.inject(path)).statusCode).toBe(404);
  });

  test("a link needs its own page's form", async () => {
    const path = `/sign-in/${await makeSignInLink(db, Temporal.Now.instant())}`;
    expect((await app.inject(form(path, {}, ""))).statusCode).toBe(403);
    expect((await app.inject(path)).statusCode).toBe(200);
  });

  test("somebody who is not signed in is told how to, on the page they asked for", async () => {
    const answer = await app.inject({ url: "/operations", headers: { accept: "text/html" } });
    expect(answer.statusCode).toBe(401);
    expect(answer.body).toContain("Sign in to see this page");
  });

  test("signing out ends the session", async () => {
    const own = await signIn();
    const front = await app.inject({ url: "/", headers: { cookie: own } });
    const out = await app.inject(form("/sign-out", { _csrf: tokenIn(front.body) }, own));
    expect(out.headers.location).toBe("/");
    expect((await app.inject({ url: "/operations", headers: { cookie: own } })).statusCode).toBe(401);
  });
});

test("the front page says how things stand to an operator, and where to go to anybody", async () => {
  expect((await page("/")).body).toContain("Cases before the SLT");
  expect((await app.inject("/")).body).toContain("Sign in");
});

describe("operations", () => {
  test("shows what failed and why, and a retry makes it wait again", async () => {
    const failed = { failure: "out of <b>memory</b>", failed_at: "2024-05-01T10:00:00Z", status: "reading" } as const;
    await db.updateTable("submission").set(failed).where("id", "=", ids.submission).execute();
    const shown = (await page("/operations")).body;
    expect(shown).toContain("out of &lt;b&gt;memory&lt;/b&gt;");
    expect(shown).toContain("Action plan, case");
    const to = `/operations/submission/${ids.submission}/retry`;
    expect((await app.inject(form(to, { _csrf: "forged" }, cookie))).statusCode).toBe(403);
    expect((await send("/operations", to)).headers.location).toBe("/operations?done=retry");
    expect((await send("/operations", to)).statusCode).toBe(409);
    expect(await audited()).toContain("submission-retried");
    await expect.poll(async () => (await queues.depths())["read-submission"].waiting).toBe(1);
  });

  test("shows bells that failed, to be rung again or dismissed", async () => {
    const answering = await queues.work({ tell: async () => ({ kind: "giveUp", reason: "no mail server" }) });
    await queues.ring("tell", {});
    await expect.poll(async () => (await queues.depths()).tell.failed).toBe(1);
    await answering.close();
    const [, path = ""] = /action="(\/operations\/job\/[^"]+)\/dismiss"/.exec((await page("/operations")).body) ?? [];
    expect((await send("/operations", `${path}/retry`)).statusCode).toBe(303);
    expect((await queues.depths()).tell).toMatchObject({ failed: 0, waiting: 1 });
    expect((await send("/operations", `${path}/dismiss`)).statusCode).toBe(409);
    expect(await audited()).toContain("job-retried");
  });

  test("is read by a key of the system that operates, without a form's token", async () => {
    const headers = { authorization: `Bearer ${await key("SYS", "operate")}` };
    expect((await app.inject({ url: "/operations", headers })).statusCode).toBe(200);
    const dismissed = await app.inject({ method: "POST", url: `/operations/mail/${ids.mail}/dismiss`, headers });
    expect(dismissed.statusCode).toBe(409);
  });

  test("the queues' dashboard shows every queue, and takes no change from another site", async () => {
    expect((await page("/operations/queues")).body).toContain("Signalbox queues");
    const list = (await page("/operations/queues/api/queues")).json();
    expect(list.queues.map(({ name }: { name: string }) => name)).toEqual([
      "pull-source",
      "read-submission",
      "assess-series",
      "assess-organisations",
      "tell",
      "clock",
    ]);
    const pause = (headers: object) =>
      app.inject({ method: "PUT", url: "/operations/queues/api/queues/tell/pause", headers: { cookie, ...headers } });
    expect((await pause({ origin: "https://elsewhere.example.org" })).statusCode).toBe(403);
    expect((await pause({ "sec-fetch-site": "same-origin" })).statusCode).toBe(200);
  });
});

describe("a case", () => {
  test("is listed, and its page says what, where, before whom, since when, and who was told", async () => {
    expect((await page("/escalations")).body).toContain("A&amp;E four-hour performance");
    expect((await page("/escalations?all=yes")).statusCode).toBe(200);
    const { body } = await page(`/escalations/${ids.escalation}`);
    expect(body).toContain("Case 1: A&amp;E four-hour performance, Northwick Hospitals");
    expect(body).toMatch(/<dt>Since<\/dt><dd>March 2024<\/dd>/);
    expect(body).toMatch(/<dt>Before<\/dt><dd>System Leadership Team<\/dd>/);
    expect(body).toContain("71.5%");
    expect(body).toContain("chair@example.org");
    expect((await page("/escalations/999")).statusCode).toBe(404);
  });

  test("is acknowledged with a note; without one the form says what is missing", async () => {
    const here = `/escalations/${ids.escalation}`;
    const empty = await send(here, `${here}/acknowledgement`, { note: " " });
    expect(empty.statusCode).toBe(400);
    expect(empty.body).toContain("There is a problem");
    const done = await send(here, `${here}/acknowledgement`, { note: '"><script>alert(1)</script>' });
    expect(done.statusCode).toBe(303);
    expect((await page(here)).body).toContain("&quot;&gt;&lt;script&gt;");
    expect(await audited()).toContain("escalation-acknowledged");
  });
});

test("a submission's page shows its problems escaped, and releases it", async () => {
  const value = '"><script>alert(1)</script>';
  await db
    .insertInto("submission_problem")
    .values({
      submission: ids.submission,
      seq: 1,
      row_number: 2,
      column_name: "value",
      code: "x",
      message: "No.",
      value,
      severity: "error",
    })
    .execute();
  const here = `/submissions/${ids.submission}`;
  const { body } = await page(here);
  expect(body).not.toContain(value);
  expect(body).toContain("&quot;&gt;&lt;script&gt;");
  expect(body).not.toContain("Release to the forums now");
  const tomorrow = { shown_at: Temporal.Now.instant().add({ hours: 24 }).toString() };
  await db.updateTable("escalation").set(tomorrow).execute();
  const said = { series: ids.series, period: 24290, submission: ids.submission, row_number: 2, issued: "2024-04-20" };
  await db
    .insertInto("observation")
    .values({ ...said, value: 71.5 })
    .execute();
  expect((await page(here)).body).toContain("Release to the forums now");
  expect((await send(here, `${here}/release`)).statusCode).toBe(303);
  expect((await page(here)).body).toContain("by operator");
});

test("every page forbids what it does not need: scripts of others, frames, guessing of types", async () => {
  const { headers } = await page("/");
  expect(headers["content-security-policy"]).toContain("default-src 'none'");
  expect(headers["content-security-policy"]).toMatch(/script-src 'self' 'nonce-/);
  expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(headers["x-content-type-options"]).toBe("nosniff");
});
