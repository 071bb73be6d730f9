import { MARCH_2024 } from "@signalbox/db/testing-world";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { form, multipartForm, type PEOPLE, testApp, tokenIn } from "../../testing.ts";

type Who = keyof typeof PEOPLE;
let web: Awaited<ReturnType<typeof testApp>>;
const cookies = new Map<Who, string>();
beforeAll(async () => {
  web = await testApp();
  await web.db
    .insertInto("threshold")
    .values({
      since: 1,
      until: null,
      metric: "ae-4h",
      organisation: null,
      level: null,
      basis: "value",
      board: 78,
      slt: 70,
      from_period: MARCH_2024 - 60,
      to_period: null,
      status: "approved",
      approved_on: null,
      minute: "UEC 2019/4",
    })
    .execute();
});
afterAll(() => web.close());

async function cookieOf(who: Who): Promise<string> {
  let cookie = cookies.get(who);
  if (cookie === undefined) cookies.set(who, (cookie = await web.signInAs(who)));
  return cookie;
}
const get = async (url: string, who: Who) => web.app.inject({ url, headers: { cookie: await cookieOf(who) } });

/** Sends a form with a token of a page that this person sees. */
async function send(who: Who, url: string, fields: Readonly<Record<string, string>>) {
  const cookie = await cookieOf(who);
  const page = await web.app.inject({ url: "/thresholds", headers: { cookie } });
  return web.app.inject(form(url, { ...fields, _csrf: tokenIn(page.body) }, cookie));
}

const limit = {
  rows: "1",
  title: "Limits for 2026/27",
  "metric-1": "ae-4h",
  "basis-1": "value",
  "board-1": "80",
  "slt-1": "72",
  "from-1": "2026-04",
};
async function propose(who: Who = "secretary", fields: Readonly<Record<string, string>> = limit): Promise<string> {
  const sent = await send(who, "/thresholds/propose", fields);
  expect(sent.statusCode, sent.body.slice(0, 2000)).toBe(303);
  return String(sent.headers.location);
}
const act = (who: Who, where: string, what: string, fields: Readonly<Record<string, string>> = {}) =>
  send(who, `${where}/${what}`, { revision: "1", ...fields });

describe("limits on the web", () => {
  test("are listed for whoever sees their figures, and leave as CSV", async () => {
    const page = await get("/thresholds?forum=UEC", "member");
    expect(page.body).toContain("Board 78.0%, SLT 70.0%");
    const csv = await get("/thresholds?as=csv", "observer");
    expect(csv.headers["content-type"]).toContain("text/csv");
    expect(csv.body).toContain("UEC 2019/4");
    expect((await get("/thresholds?forum=%00&metric=a&metric=b&page=-1", "submitter")).statusCode).toBe(200);
  });

  test("are proposed by form, sent, and approved by the chair alone under a minute", async () => {
    const where = await propose();
    expect((await get(where, "secretary")).body).toContain("Send to the chair");
    expect((await act("chair", where, "approve", { minute: "UEC 1" })).statusCode).toBe(403);
    expect((await act("secretary", where, "send")).statusCode).toBe(303);
    expect((await act("secretary", where, "approve", { minute: "UEC 1" })).statusCode).toBe(403);
    expect((await act("slt-chair", where, "approve", { minute: "UEC 1" })).statusCode).toBe(403);
    expect((await act("observer", where, "send-back", { reason: "No" })).statusCode).toBe(403);
    const without = await act("chair", where, "approve", { minute: " " });
    expect(without.statusCode).toBe(400);
    expect(without.body).toContain("Give the reference of the minute");
    const both = await Promise.all([
      act("chair", where, "approve", { minute: "UEC 2026/11" }),
      act("chair", where, "approve", { minute: "UEC 2026/11" }),
    ]);
    expect(both.filter(({ statusCode }) => statusCode === 303)).toHaveLength(1);
    expect((await get("/thresholds?status=approved", "chair")).body).toContain("UEC 2026/11");
    const tellings = await web.db
      .selectFrom("telling")
      .select(["reason", "recipients", "forums"])
      .where("reason", "like", "limits-%")
      .orderBy("id")
      .execute();
    expect(tellings).toEqual([
      { reason: "limits-sent", recipients: ["chris.chair@example.org"], forums: [] },
      { reason: "limits-approved", recipients: ["sol.secretary@example.org"], forums: ["UEC"] },
    ]);
  });

  test("are sent back with a reason, changed to a new revision, and withdrawn", async () => {
    const where = await propose("member", { ...limit, "from-1": "2027-04" });
    await act("member", where, "send");
    expect((await act("chair", where, "send-back", { reason: "<b>Too tight</b>" })).statusCode).toBe(303);
    expect((await get(where, "member")).body).toContain("&lt;b&gt;Too tight&lt;/b&gt;");
    const changed = { ...limit, revision: "1", "board-1": "79", "from-1": "2027-04" };
    expect((await send("member", `${where}/change`, changed)).statusCode).toBe(303);
    expect((await send("member", `${where}/change`, changed)).statusCode).toBe(409);
    expect((await act("member", where, "send")).statusCode).toBe(409);
    expect((await send("analyst", `${where}/withdraw`, { revision: "2" })).statusCode).toBe(404);
    expect((await send("member", `${where}/withdraw`, { revision: "2" })).statusCode).toBe(303);
  });

  test("say what is wrong at the field, and lose nothing that was typed", async () => {
    const wrong = await send("secretary", "/thresholds/propose", { ...limit, "board-1": "seventy", "from-1": "soon" });
    expect(wrong.statusCode).toBe(400);
    expect(wrong.body).toContain('value="seventy"');
    expect(wrong.body).toContain('href="#board-1"');
    expect(wrong.body).toContain("Limit 1, from month: ");
    expect(wrong.body).toContain("&quot;soon&quot; is no month such as 2024-03");
    const more = await send("secretary", "/thresholds/propose", { ...limit, more: "yes" });
    expect(more.body).toContain('id="metric-4"');
    expect(more.body).toContain('value="ae-4h"');
  });

  test("come as a file too, checked by line and column", async () => {
    const cookie = await cookieOf("operator");
    const page = await web.app.inject({ url: "/thresholds", headers: { cookie } });
    const upload = (text: string) =>
      web.app.inject(
        multipartForm(
          "/thresholds/propose/file",
          { _csrf: tokenIn(page.body), title: "By file" },
          { filename: "t.csv", text },
          cookie,
        ),
      );
    const wrong = await upload("metric,basis,board,slt,from\nae-4hh,value,80,72,2026-05\n");
    expect(wrong.statusCode).toBe(400);
    expect(wrong.body).toContain("Line 2, metric: unknown metric");
    expect(wrong.body).toContain("ae-4hh,value,80,72,2026-05");
    const two = await upload(
      "metric,basis,board,slt,from\nae-4h,value,80,72,2026-05\nstaff-survey,value,60,50,2026-04\n",
    );
    expect(two.body).toContain("A set is decided by one board");
    const right = await upload("metric,basis,board,slt,from\nae-4h,value,80,72,2026-05\n");
    expect(right.statusCode).toBe(303);
    expect((await get(String(right.headers.location), "observer")).body).toContain("By file");
    expect((await get(String(right.headers.location), "submitter")).statusCode).toBe(404);
  });

  test("are proposed by analysts for their own organisations, and by no observer or submitter", async () => {
    expect((await send("observer", "/thresholds/propose", limit)).statusCode).toBe(403);
    expect((await send("submitter", "/thresholds/propose", limit)).statusCode).toBe(403);
    const foreign = await send("analyst", "/thresholds/propose", { ...limit, "organisation-1": "RB" });
    expect(foreign.body).toContain("You may not propose limits of RB");
    const everybody = await send("analyst", "/thresholds/propose", limit);
    expect(everybody.body).toContain("You may not propose limits of everybody");
    const own = await propose("analyst", { ...limit, "organisation-1": "RA" });
    // Of no board, they find it again all the same, and nobody else of their organisation does.
    expect((await get("/thresholds", "analyst")).body).toContain(`href="${own}"`);
    expect((await get("/thresholds", "submitter")).body).not.toContain(own);
    expect((await get(own, "analyst")).body).toContain("by the same rules that decide each month");
  });

  test("say what they would have done to the board, and to nobody who does not see its cases", async () => {
    const where = await propose("secretary", { ...limit, "from-1": "2028-04" });
    const tables = ["totals", "organisations", "leaders", "foretold"].map((name) => `${where}?as=csv&table=${name}`);
    const pages = [
      `${where}/cases`,
      `${where}/mail?person=chair%40example.org`,
      ...tables,
      `/api/v1${where.replace("thresholds/proposals", "threshold-proposals")}/trial`,
    ];
    expect((await get(where, "observer")).body).toContain("by the same rules that decide each month");
    for (const page of tables) expect([page, (await get(page, "observer")).statusCode]).toEqual([page, 200]);
    const kept = await get(where, "administrator");
    expect(kept.body).toContain("Limits for 2026/27");
    expect(kept.body).toContain("names cases that you do not see");
    expect(kept.body).not.toContain("by the same rules that decide each month");
    for (const page of pages) expect([page, (await get(page, "administrator")).statusCode]).toEqual([page, 404]);
  });

  test("may count from months that have passed, which the page says", async () => {
    const where = await propose("secretary", { ...limit, "from-1": "2023-04" });
    const page = await get(where, "secretary");
    expect(page.body).toContain("Some of these limits count from months that have passed");
    expect(page.body).toContain("What it would have done");
  });
});
